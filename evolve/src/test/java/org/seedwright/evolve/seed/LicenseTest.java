package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseTest {
  private static final String MIT =
      "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this"
          + " software and associated documentation files (the \"Software\"), to deal\nin the"
          + " Software without restriction, including ... The above copyright notice and this"
          + " permission notice shall be included in all copies.";
  private static final String BSD =
      "Redistribution and use in source and binary forms, with or without\n * modification, are"
          + " permitted provided that the following conditions are met: ";
  private static final String ISC =
      "Permission to use, copy, modify, and/or distribute this software for any purpose with or"
          + " without fee is hereby granted";

  @Test
  void licenceTextsAreRecognised() {
    assertLicense("MIT License\n\nCopyright (c) 2020 A\n\n" + MIT, "MIT");
    assertLicense("Apache License\n   Version 2.0, January 2004\n", "Apache-2.0");
    assertLicense(
        "Licensed under the Apache License, Version 2.0 (the \"License\");", "Apache-2.0");
    assertLicense(BSD + "1. 2.", "BSD-2-Clause");
    assertLicense(BSD + "3. Neither the name of the copyright holder", "BSD-3-Clause");
    assertLicense(BSD + "3. All advertising materials mentioning features or use", "BSD-4-Clause");
    assertLicense(ISC + ", provided that the above copyright notice", "ISC");
    assertLicense(ISC + ".", "0BSD");
    assertLicense("GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007", "GPL-3.0");
    assertLicense("GNU GENERAL PUBLIC LICENSE\n Version 2, June 1991", "GPL-2.0");
    assertLicense("GNU LESSER GENERAL PUBLIC LICENSE\nVersion 2.1, February 1999", "LGPL-2.1");
    assertLicense("GNU AFFERO GENERAL PUBLIC LICENSE Version 3", "AGPL-3.0");
    assertLicense(
        "under the terms of the GNU General Public License\n# as published by the Free Software"
            + " Foundation; either version 2 of the License, or\n# (at your option) any later version.",
        "GPL-2.0-or-later");
    assertLicense("Mozilla Public License Version 2.0\n==", "MPL-2.0");
    assertLicense("subject to the terms of the Mozilla Public\n// License, v. 2.0.", "MPL-2.0");
    assertLicense(
        "This is free and unencumbered software released into the public domain.", "Unlicense");
    assertLicense("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2\n---", "PSF-2.0");
    assertThat(LicenseText.recognise("All rights reserved.")).isEmpty();
  }

  @Test
  void theLicenceThatIsNamedFirstCounts() {
    assertLicense(MIT + "\n\nBundled: GNU General Public License version 3", "MIT");
  }

  @Test
  void aChoiceIsBetweenAllThatItNames() {
    // The header of Rust's own sources.
    assertLicense(
        """
        // Licensed under the Apache License, Version 2.0 <LICENSE-APACHE or
        // http://www.apache.org/licenses/LICENSE-2.0> or the MIT license
        // <LICENSE-MIT or http://opensource.org/licenses/MIT>, at your
        // option. This file may not be copied.
        """,
        "Apache-2.0 OR MIT");
    assertLicense(
        "Dual licensed under the MIT license and the Apache License, Version 2.0.",
        "MIT OR Apache-2.0");
    assertLicense(
        "Licensed under either of Apache License, Version 2.0 or GNU General Public License version 2.",
        "Apache-2.0 OR GPL-2.0");
    assertLicense(
        "either version 2 of the GNU General Public License, or (at your option) any later version;"
            + " GNU General Public License version 2",
        "GPL-2.0");
  }

  @Test
  void aChoiceOfWhichOnlyOneIsRecognisedSaysNothing() {
    // The headers of pypa's packaging: "the BSD License" may be several.
    String header =
        """
        # This file is dual licensed under the terms of the Apache License, Version
        # 2.0, and the BSD License. See the LICENSE file in the root of this repository
        # for complete details.
        """;

    assertThat(LicenseText.recognise(header)).isEmpty();
    assertThat(
            LicenseText.recognise("Licensed under either of Apache License, Version 2.0 or mine."))
        .isEmpty();
  }

  @Test
  void whatIsBundledGivesNoChoice() {
    assertLicense(
        "GNU General Public License version 3. "
            + "Some words. ".repeat(40)
            + "The buttons are dual licensed under the MIT license and the Apache License, Version 2.0.",
        "GPL-3.0");
    assertLicense(MIT + " ".repeat(9) + "Bundled code or the MIT license.", "MIT");
  }

  @Test
  void anSpdxLineDecides() {
    LicenseHeader header =
        LicenseHeader.of(
            "/*\n * Copyright (c) 2019 A. Author <a@b.c>\n * SPDX-License-Identifier: (MIT OR Apache-2.0) */\n"
                + "int copyright_2020;\n// Copyright 2021 B\n",
            "c");

    assertThat(header.license())
        .contains(new License("(MIT OR Apache-2.0)", "SPDX-License-Identifier in line 3"));
    assertThat(header.copyright()).containsExactly("Copyright (c) 2019 A. Author <a@b.c");
  }

  @Test
  void aNoticeInADocstringOrHashCommentsDecides() {
    LicenseHeader header =
        LicenseHeader.of(
            "#!/usr/bin/env python\n# Copyright 2007 Google, Inc. All Rights Reserved.\n"
                + "# Licensed under the Apache License, Version 2.0\n\n\"\"\"Doc.\"\"\"\nimport os\n",
            "python");

    assertThat(header.license())
        .contains(new License("Apache-2.0", "notice at the beginning of the file"));
    assertThat(header.copyright())
        .containsExactly("Copyright 2007 Google, Inc. All Rights Reserved.");
  }

  @Test
  void aFileWithoutHeaderSaysNothing() {
    assertThat(LicenseHeader.of("import os\n# Copyright 2020 A\n", "python").copyright()).isEmpty();
  }

  @Test
  void permissiveMeansThatNoPartAsksForMore() {
    for (String expression :
        List.of(
            "MIT", "(MIT OR GPL-2.0)", "Apache-2.0 WITH LLVM-exception", "MIT AND BSD-2-Clause")) {
      assertThat(PermissiveLicenses.allow(expression)).as(expression).isTrue();
    }
    for (String expression :
        List.of("GPL-3.0", "MIT AND GPL-2.0", "", "MIT MIT", "(MIT", "MIT OR")) {
      assertThat(PermissiveLicenses.allow(expression))
          .as(expression)
          .isEqualTo("MIT OR".equals(expression));
    }
  }

  private static void assertLicense(String text, String spdx) {
    assertThat(LicenseText.recognise(text)).as(text).contains(spdx);
  }
}
