/**
 * What is run, and what came of it: programs, their tests and limits, and verdicts. Knows nothing
 * of where a program runs; package {@code sandbox} does.
 */
package org.seedwright.evaluate.execution;
