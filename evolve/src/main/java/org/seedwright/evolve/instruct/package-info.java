/**
 * Instructions from seed snippets, and the record of a training example. OSS-Instruct: Magicoder,
 * arXiv 2312.02120, section 2.
 */
package org.seedwright.evolve.instruct;
