/** Rows that say the same, and which of them stays. */
package org.seedwright.decontaminate.dedup;
