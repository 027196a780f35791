/**
 * Seed snippets: which source files are taken, what is cut out of them and what is known about
 * their origin. OSS-Instruct (arXiv 2312.02120, section 2.1) is the model.
 */
package org.seedwright.evolve.seed;
