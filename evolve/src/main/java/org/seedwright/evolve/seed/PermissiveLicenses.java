package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Set;

/** Which licences {@code licenses: permissive} means: notice and attribution, no share-alike. */
public final class PermissiveLicenses {
  private static final Set<String> IDS =
      Set.of(
          "0BSD",
          "AFL-3.0",
          "Apache-1.1",
          "Apache-2.0",
          "Artistic-2.0",
          "BSD-1-Clause",
          "BSD-2-Clause",
          "BSD-2-Clause-Patent",
          "BSD-3-Clause",
          "BSD-3-Clause-Clear",
          "BSL-1.0",
          "BlueOak-1.0.0",
          "CC-BY-3.0",
          "CC-BY-4.0",
          "CC0-1.0",
          "ECL-2.0",
          "HPND",
          "ICU",
          "ISC",
          "Libpng",
          "MIT",
          "MIT-0",
          "MIT-CMU",
          "MS-PL",
          "NCSA",
          "PSF-2.0",
          "PostgreSQL",
          "Python-2.0",
          "UPL-1.0",
          "Unicode-3.0",
          "Unicode-DFS-2016",
          "Unlicense",
          "W3C",
          "WTFPL",
          "X11",
          "Zlib",
          "bzip2-1.0.6",
          "curl");

  private PermissiveLicenses() {}

  /** Returns the SPDX ids in alphabetical order. */
  public static List<String> ids() {
    return IDS.stream().sorted().toList();
  }

  /**
   * Tells whether an SPDX expression can be met with permissive licences only: one side of each OR
   * and both of each AND. An exception (WITH) adds permissions and changes nothing.
   */
  public static boolean allow(String expression) {
    return SpdxExpression.allowedBy(IDS, expression);
  }
}
