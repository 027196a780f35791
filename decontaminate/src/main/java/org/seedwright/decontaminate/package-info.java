/**
 * Text normalisation, duplicates and benchmark overlap: what must leave a data set before it is
 * published, and why. Knows rows only as an id and some named texts; depends on the JDK alone.
 */
package org.seedwright.decontaminate;
