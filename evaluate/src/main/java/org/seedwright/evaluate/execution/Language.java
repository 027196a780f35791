package org.seedwright.evaluate.execution;

import java.util.Locale;

/** Languages that programs are run in. */
public enum Language {
  /** CPython 3. */
  PYTHON;

  /** Stable lower-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
