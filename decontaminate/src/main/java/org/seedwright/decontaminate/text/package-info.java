/** One stated normalisation of text that remembers where each character came from. */
package org.seedwright.decontaminate.text;
