/**
 * Rows that say nearly the same: MinHash signatures, bands that bring likely pairs together, exact
 * Jaccard similarity that decides, connected components. See docs/near-duplicates.md.
 */
package org.seedwright.decontaminate.near;
