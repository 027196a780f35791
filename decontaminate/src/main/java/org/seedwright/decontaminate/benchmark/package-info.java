/** Benchmark texts, and where they turn up in the rows of a data set. */
package org.seedwright.decontaminate.benchmark;
