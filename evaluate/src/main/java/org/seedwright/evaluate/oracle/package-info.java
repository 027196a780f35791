/**
 * The gate before every score: a benchmark's own solutions must pass in this very environment, or
 * the score would measure the environment.
 */
package org.seedwright.evaluate.oracle;
