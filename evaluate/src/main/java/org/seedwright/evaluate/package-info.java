/**
 * Benchmarks and what a model's answers to them are worth. Knows neither training data nor tables;
 * depends on Jackson, which reads the benchmarks' files.
 */
package org.seedwright.evaluate;
