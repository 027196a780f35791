package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LanguagesTest {
  @Test
  void theExtensionTells() {
    assertLanguage("a/B.java", "", "java");
    assertLanguage("a/x.test.tsx", "", "typescript");
    assertLanguage("X.PY", "", "python");
    assertLanguage("a.c++", "", "cpp");
    assertLanguage("a.R", "", "r");
    assertLanguage("Rakefile", "", "ruby");
  }

  @Test
  void theShebangTellsWhereTheExtensionDoesNot() {
    assertLanguage("tool", "#!/usr/bin/env python3\n", "python");
    assertLanguage("tool", "#!/usr/bin/python2.7 -u\n", "python");
    assertLanguage("tool", "#!/usr/bin/env -S A=b node --x\n", "javascript");
    assertLanguage("tool.in", "#! /bin/sh\n", "shell");
    assertLanguage("a.d/tool", "#!/bin/bash\n", "shell");
    assertUnknown("tool", "#!/usr/bin/env awk\n");
    assertUnknown("tool", "python\n");
    assertUnknown("tool", "");
  }

  @Test
  void aModeLineTells() {
    assertLanguage("vector", "// <vector> -*- C++ -*-\n", "cpp");
    assertLanguage("x", "# -*- mode: python; coding: utf-8 -*-\n", "python");
  }

  @Test
  void aHeaderIsCUnlessItSaysOtherwise() {
    assertLanguage("a.h", "#include <stdio.h>\nint f(void);\n", "c");
    assertLanguage("a.h", "/* class X of\n class Y { */\nint operator_count;\n", "c");
    assertLanguage(
        "a.h",
        "#ifdef __cplusplus\nextern \"C\" {\nnamespace a {}\n#endif\nint f(void);\n"
            + "#ifdef __cplusplus\n}\n#endif\n",
        "c");
    assertLanguage("a.h", "#include <vector>\n", "cpp");
    assertLanguage("a.h", "namespace a {\n}\n", "cpp");
    assertLanguage("a.h", "struct A {\n public:\n  int a;\n};\n", "cpp");
    assertLanguage("a.h", "template <typename T>\nT f(T t);\n", "cpp");
    assertLanguage("a.h", "#import <Foundation/Foundation.h>\n@interface A\n@end\n", "objective-c");
  }

  @Test
  void ambiguousExtensionsAreDecidedByContent() {
    assertLanguage("a.m", "#import \"A.h\"\n@implementation A\n@end\n", "objective-c");
    assertUnknown("a.m", "x = zeros(3);\n");
    assertLanguage("a.pl", "use strict;\n", "perl");
    assertUnknown("a.pl", ":- module(a, []).\n");
    assertUnknown("a.ts", "<?xml version=\"1.0\"?>\n<TS/>\n");
  }

  @Test
  void everyKnownLanguageHasAGrammar() {
    assertThat(Syntax.languages()).containsExactlyInAnyOrderElementsOf(Languages.known());
    assertThat(Languages.known()).contains("python", "csharp", "shell", "typescript").isSorted();
    assertThatThrownBy(() -> Syntax.of("klingon"))
        .hasMessageStartingWith("language 'klingon' is unknown; known are [c, ");
  }

  private static void assertLanguage(String path, String content, String language) {
    assertThat(Languages.of(path, content)).as(path).contains(language);
  }

  private static void assertUnknown(String path, String content) {
    assertThat(Languages.of(path, content)).as(path).isEmpty();
  }
}
