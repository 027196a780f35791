package org.seedwright.evolve.seed;

/**
 * A licence and where it was read.
 *
 * @param spdx SPDX expression, such as {@code Apache-2.0} or {@code MIT OR Apache-2.0}
 * @param evidence one short sentence for a reader
 */
public record License(String spdx, String evidence) {
  public License {
    if (spdx.isBlank() || evidence.isBlank()) {
      throw new IllegalArgumentException(
          "a licence needs an expression and evidence, but has '%s' and '%s'"
              .formatted(spdx, evidence));
    }
  }
}
