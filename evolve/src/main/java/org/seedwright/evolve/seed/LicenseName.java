package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads licences as package metadata name them: SPDX expressions, the usual names and addresses,
 * trove classifiers. A name that may mean several licences (<i>BSD</i>, <i>GPL</i>) is none.
 */
public final class LicenseName {
  /** SPDX ids that are taken as such where metadata name them. */
  private static final Set<String> KNOWN =
      Set.of(
          "AGPL-3.0",
          "AGPL-3.0-only",
          "AGPL-3.0-or-later",
          "CC-BY-3.0",
          "CC-BY-4.0",
          "CC-BY-SA-4.0",
          "CC-BY-NC-4.0",
          "CDDL-1.0",
          "CDDL-1.1",
          "CPL-1.0",
          "EPL-1.0",
          "EPL-2.0",
          "EUPL-1.2",
          "GPL-2.0",
          "GPL-2.0-only",
          "GPL-2.0-or-later",
          "GPL-3.0",
          "GPL-3.0-only",
          "GPL-3.0-or-later",
          "LGPL-2.0",
          "LGPL-2.0-only",
          "LGPL-2.0-or-later",
          "LGPL-2.1",
          "LGPL-2.1-only",
          "LGPL-2.1-or-later",
          "LGPL-3.0",
          "LGPL-3.0-only",
          "LGPL-3.0-or-later",
          "MPL-1.1",
          "MPL-2.0",
          "OFL-1.1",
          "SSPL-1.0",
          "BUSL-1.1",
          "Artistic-1.0",
          "BSD-4-Clause",
          "GPL-2.0-with-classpath-exception",
          "LLVM-exception",
          "Classpath-exception-2.0");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("mit", "MIT"),
          Map.entry("mit license", "MIT"),
          Map.entry("the mit license", "MIT"),
          Map.entry("the mit license mit", "MIT"),
          Map.entry("mit license mit", "MIT"),
          Map.entry("expat license", "MIT"),
          Map.entry("opensource org licenses mit", "MIT"),
          Map.entry("opensource org licenses mit license php", "MIT"),
          Map.entry("opensource org license mit", "MIT"),
          Map.entry("mit no attribution license mit 0", "MIT-0"),
          Map.entry("apache 2", "Apache-2.0"),
          Map.entry("apache 2 0", "Apache-2.0"),
          Map.entry("apache license 2 0", "Apache-2.0"),
          Map.entry("apache 2 0 license", "Apache-2.0"),
          Map.entry("apache license version 2 0", "Apache-2.0"),
          Map.entry("the apache license version 2 0", "Apache-2.0"),
          Map.entry("apache license v2", "Apache-2.0"),
          Map.entry("apache license v2 0", "Apache-2.0"),
          Map.entry("apache software license 2 0", "Apache-2.0"),
          Map.entry("apache software license version 2 0", "Apache-2.0"),
          Map.entry("the apache software license version 2 0", "Apache-2.0"),
          Map.entry("apache org licenses license 2 0", "Apache-2.0"),
          Map.entry("apache org licenses license 2 0 txt", "Apache-2.0"),
          Map.entry("apache org licenses license 2 0 html", "Apache-2.0"),
          Map.entry("opensource org licenses apache 2 0", "Apache-2.0"),
          Map.entry("bsd 2 clause", "BSD-2-Clause"),
          Map.entry("bsd 2 clause license", "BSD-2-Clause"),
          Map.entry("simplified bsd", "BSD-2-Clause"),
          Map.entry("simplified bsd license", "BSD-2-Clause"),
          Map.entry("bsd 3 clause", "BSD-3-Clause"),
          Map.entry("bsd 3 clause license", "BSD-3-Clause"),
          Map.entry("3 clause bsd", "BSD-3-Clause"),
          Map.entry("3 clause bsd license", "BSD-3-Clause"),
          Map.entry("the 3 clause bsd license", "BSD-3-Clause"),
          Map.entry("new bsd", "BSD-3-Clause"),
          Map.entry("new bsd license", "BSD-3-Clause"),
          Map.entry("modified bsd license", "BSD-3-Clause"),
          Map.entry("opensource org licenses bsd 3 clause", "BSD-3-Clause"),
          Map.entry("opensource org licenses bsd 2 clause", "BSD-2-Clause"),
          Map.entry("isc", "ISC"),
          Map.entry("isc license", "ISC"),
          Map.entry("isc license iscl", "ISC"),
          Map.entry("psf", "PSF-2.0"),
          Map.entry("psf license", "PSF-2.0"),
          Map.entry("python software foundation license", "PSF-2.0"),
          Map.entry("the unlicense unlicense", "Unlicense"),
          Map.entry("the unlicense", "Unlicense"),
          Map.entry("zlib libpng license", "Zlib"),
          Map.entry("boost software license 1 0 bsl 1 0", "BSL-1.0"),
          Map.entry("boost software license 1 0", "BSL-1.0"),
          Map.entry("cc0 1 0 universal cc0 1 0 public domain dedication", "CC0-1.0"),
          Map.entry("cc0 1 0 universal", "CC0-1.0"),
          Map.entry("cc0", "CC0-1.0"),
          Map.entry("mozilla public license 2 0 mpl 2 0", "MPL-2.0"),
          Map.entry("mozilla public license 2 0", "MPL-2.0"),
          Map.entry("mozilla public license version 2 0", "MPL-2.0"),
          Map.entry("mpl 2 0", "MPL-2.0"),
          Map.entry("eclipse public license 1 0", "EPL-1.0"),
          Map.entry("eclipse public license v1 0", "EPL-1.0"),
          Map.entry("eclipse org legal epl v10 html", "EPL-1.0"),
          Map.entry("eclipse public license 2 0", "EPL-2.0"),
          Map.entry("eclipse public license v2 0", "EPL-2.0"),
          Map.entry("eclipse public license v 2 0", "EPL-2.0"),
          Map.entry("eclipse public license 2 0 epl 2 0", "EPL-2.0"),
          Map.entry("eclipse org legal epl v20 html", "EPL-2.0"),
          Map.entry("eclipse org legal epl 2 0", "EPL-2.0"),
          Map.entry("gnu general public license v2 gplv2", "GPL-2.0-only"),
          Map.entry("gnu general public license v2 or later gplv2", "GPL-2.0-or-later"),
          Map.entry("gnu general public license v3 gplv3", "GPL-3.0-only"),
          Map.entry("gnu general public license v3 or later gplv3", "GPL-3.0-or-later"),
          Map.entry("gplv2", "GPL-2.0-only"),
          Map.entry("gplv3", "GPL-3.0-only"),
          Map.entry("gpl v3", "GPL-3.0-only"),
          Map.entry("gnu lesser general public license v2 or later lgplv2", "LGPL-2.0-or-later"),
          Map.entry("gnu lesser general public license v3 lgplv3", "LGPL-3.0-only"),
          Map.entry("gnu lesser general public license v3 or later lgplv3", "LGPL-3.0-or-later"),
          Map.entry("gnu affero general public license v3", "AGPL-3.0-only"));

  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ADDRESS = Pattern.compile("^https?://(www\\.)?");

  /** Ids as they are spelt, by their lower case: corpora write them so. */
  private static final Map<String, String> SPELT =
      Stream.concat(KNOWN.stream(), PermissiveLicenses.ids().stream())
          .distinct()
          .collect(Collectors.toUnmodifiableMap(id -> id.toLowerCase(Locale.ROOT), id -> id));

  private LicenseName() {}

  /**
   * Returns the SPDX expression that a name, an address, a classifier or an expression stands for.
   *
   * @param text as the metadata have it
   */
  public static Optional<String> spdx(String text) {
    String name = text.strip();
    if (name.isEmpty() || name.length() > 300) {
      return Optional.empty();
    }
    int classifier = name.lastIndexOf("::");
    if (classifier >= 0) {
      name = name.substring(classifier + 2).strip();
    }
    String plain =
        NO_WORD
            .matcher(
                ADDRESS
                    .matcher(name.toLowerCase(Locale.ROOT).replace("licence", "license"))
                    .replaceAll(""))
            .replaceAll(" ")
            .strip();
    String known = NAMES.get(plain);
    return known != null ? Optional.of(known) : expression(name);
  }

  /** Cargo's older form has a slash for OR. */
  private static Optional<String> expression(String text) {
    String spaced = text.replace("/", " OR ").replace("(", " ( ").replace(")", " ) ").strip();
    List<String> words = List.of(spaced.split("\\s+"));
    List<String> spelt = new ArrayList<>();
    boolean wantsId = true;
    int depth = 0;
    for (String word : words) {
      Optional<String> id = Optional.empty();
      if (word.equals("(") && wantsId) {
        depth++;
      } else if (word.equals(")") && !wantsId && depth > 0) {
        depth--;
      } else if (isOperator(word) && !wantsId) {
        wantsId = true;
      } else {
        id = wantsId ? id(word) : Optional.empty();
        if (id.isEmpty()) {
          return Optional.empty();
        }
        wantsId = false;
      }
      spelt.add(id.orElse(word));
    }
    return wantsId || depth > 0
        ? Optional.empty()
        : Optional.of(String.join(" ", spelt).replace("( ", "(").replace(" )", ")"));
  }

  private static boolean isOperator(String word) {
    return word.equals("OR") || word.equals("AND") || word.equals("WITH");
  }

  private static Optional<String> id(String word) {
    boolean later = word.endsWith("+");
    String plain = later ? word.substring(0, word.length() - 1) : word;
    return Optional.ofNullable(SPELT.get(plain.toLowerCase(Locale.ROOT)))
        .map(id -> later ? id + "+" : id);
  }
}
