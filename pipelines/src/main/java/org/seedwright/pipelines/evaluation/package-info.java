/**
 * Evaluation as stages: generations of a model, run against a benchmark's tests in sandboxes, and
 * the scores that follow. Where programs run is package {@code sandbox} of evaluate.
 */
package org.seedwright.pipelines.evaluation;
