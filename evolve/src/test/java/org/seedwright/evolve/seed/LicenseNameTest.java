package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LicenseNameTest {
  @Test
  void namesAddressesClassifiersAndExpressionsBecomeSpdx() {
    assertName("MIT", "MIT");
    assertName("The MIT License (MIT)", "MIT");
    assertName("License :: OSI Approved :: MIT License", "MIT");
    assertName("Apache License, Version 2.0", "Apache-2.0");
    assertName("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0");
    assertName("http://opensource.org/licenses/MIT", "MIT");
    assertName("MIT/Apache-2.0", "MIT OR Apache-2.0");
    assertName("(MIT OR Apache-2.0) AND Unicode-3.0", "(MIT OR Apache-2.0) AND Unicode-3.0");
    assertName(
        "GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0");
    assertName("bsd-3-clause", "BSD-3-Clause");
    assertName("gpl-3.0", "GPL-3.0");
    assertName("apache-2.0 OR mit", "Apache-2.0 OR MIT");
  }

  @Test
  void whatMayMeanSeveralLicencesOrNoneIsNone() {
    for (String name :
        List.of(
            "BSD",
            "BSD License",
            "GPL",
            "",
            "UNLICENSED",
            "see LICENSE",
            "MIT OR",
            "(MIT OR ISC",
            "x y")) {
      assertThat(LicenseName.spdx(name)).as(name).isEmpty();
    }
  }

  @Property(tries = 300)
  void whatComesOutIsRead(@ForAll String text) {
    LicenseName.spdx(text).ifPresent(spdx -> assertThat(LicenseName.spdx(spdx)).contains(spdx));
  }

  private static void assertName(String name, String spdx) {
    assertThat(LicenseName.spdx(name)).as(name).contains(spdx);
  }
}
