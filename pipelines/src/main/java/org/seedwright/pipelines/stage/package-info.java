/**
 * The stages of a run. A stage says what it reads and what of the experiment can change its rows,
 * and computes its tables with Beam jobs; the algorithms and the prompts are in the leaves.
 */
package org.seedwright.pipelines.stage;
