package org.seedwright.analysis;

/**
 * How long the texts of a column are, in Unicode code points. Median and 95th percentile are
 * lengths that occur (the lower one where two are in the middle).
 *
 * @param texts how many there are; absent values do not count
 * @param min the shortest
 * @param median half of the texts are no longer
 * @param mean the average
 * @param p95 95 % of the texts are no longer
 * @param max the longest
 */
public record Lengths(long texts, long min, long median, double mean, long p95, long max) {}
