/**
 * Evol-Instruct: instructions made harder round by round, answered, and eliminated by rules.
 * WizardLM, arXiv 2304.12244, section 3.2; for code with the five heuristics of WizardCoder, arXiv
 * 2306.08568, section 3.
 */
package org.seedwright.evolve.evol;
