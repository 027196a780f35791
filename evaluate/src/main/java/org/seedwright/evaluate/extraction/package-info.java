/**
 * From what a model said to the program in it, by the rules that published scores were made with. A
 * score names its extraction, since the same replies score differently under another.
 */
package org.seedwright.evaluate.extraction;
