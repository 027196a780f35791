/**
 * From verdicts to scores: pass@k with its interval, under a name that holds all that moves it, and
 * EvalPlus's file of results.
 */
package org.seedwright.evaluate.score;
