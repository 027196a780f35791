/**
 * The problems of published benchmarks, read from pinned files, and of anyone's own file.
 *
 * <p>A benchmark is one line in {@link Benchmarks} and one class that says which paper and version
 * it is, which file it reads and how a row of the file becomes a {@link Problem}.
 */
package org.seedwright.evaluate.benchmark;
