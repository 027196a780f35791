package org.seedwright.decontaminate.dedup;

import org.seedwright.decontaminate.text.Normalizer;
import org.seedwright.decontaminate.text.WhiteSpace;

/** In what two texts may differ and yet count as equal. */
public enum Ignoring {
  /** White space, case, width and composition: {@link Normalizer}. */
  WHITE_SPACE_AND_CASE(Normalizer.ID),
  /** White space alone: {@link WhiteSpace}. */
  WHITE_SPACE(WhiteSpace.ID);

  private final String id;

  Ignoring(String id) {
    this.id = id;
  }

  /** Name and version of the normal form. */
  public String id() {
    return id;
  }

  /** The text without what is ignored: equal texts have equal ones. */
  public String normal(String text) {
    return switch (this) {
      case WHITE_SPACE_AND_CASE -> Normalizer.text(text);
      case WHITE_SPACE -> WhiteSpace.removed(text);
    };
  }
}
