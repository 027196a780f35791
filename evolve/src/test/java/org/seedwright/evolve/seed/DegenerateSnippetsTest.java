package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

class DegenerateSnippetsTest {
  @Test
  void pythonLines() {
    assertLines(
        "python",
        """
        c|#!/usr/bin/env python3
        c|# -*- coding: utf-8 -*-
        c|'''Module doc.
        b|
        c|import nothing, this is prose
        c|'''
        i|import os; import sys
        x|import os; os.abort()
        i|from a import (  # why
        i|    b,
        i|    c,
        i|)
        i|from d \\
        i|    import e
        p|
        x|@decorator
        x|class A:
        c|    r\"""Doc.\"""
        x|    x = \"""
        x|    text
        p|    \"""
        x|    y = f(
        x|        '''value''',
        p|    )
        x|    return ["it's # no comment"]
        p|    ]
        x|imported = 1
        """
            .replace("p|\n", "b|\n"));
  }

  @Test
  void cLines() {
    assertLines(
        "c",
        """
        c|/* Begins
        c|   int looks_like_code = 1;
        c|   ends */
        i|#include <stdio.h> /* io */
        i|#pragma once
        x|#define A 1
        x|int c = '"'; // "
        c|// tail
        x|char *s = "/* no comment";
        x|int d = '\\''; /* opens
        c| goes on */
        p|{ /* x */
        p|});
        p|};
        """);
  }

  @Test
  void linesOfOtherLanguages() {
    assertLines(
        "cpp",
        "i|using namespace std;\ni|using std::vector;\nx|int x = 1'000'000; // \"\nc|// \"\n");
    assertLines("java", "i|package a;\ni|import static a.B.*;\nx|@Override\nc|/** Doc. */\np|}\n");
    assertLines(
        "javascript",
        "i|import {\ni|  a,\ni|} from 'b';\ni|const {x} = require('y');\nx|import('z').then(f);\n"
            + "x|const re = /[/*\"]/g;\nx|let t = `// text\nx|import a\np|`;\nc|// x\n");
    assertLines("go", "i|package main\ni|import (\ni|\t\"fmt\"\ni|)\nx|var s = `/*`\nx|x := 1\n");
    assertLines(
        "rust",
        "i|use a::{\ni|  b,\ni|};\nx|fn f<'a>(x: &'a str) -> char { '\"' }\nc|/* a /* b */\nc| c */\nx|x();\n");
    assertLines("csharp", "i|using System;\nx|using (var x = F())\nx|using var y = G();\np|{\n");
    assertLines("php", "p|<?php\ni|use A\\B;\nc|# c\nx|#[Attribute]\nx|echo 1;\np|?>\n");
    assertLines(
        "shell",
        "c|#!/bin/sh\ni|. ./lib.sh\nx|echo $# # count\nx|cat <<EOF\nx|don't # comment\nx|EOF\nx|x=1\np|fi\np|done\n");
    assertLines("ruby", "i|require 'a'\nc|=begin\nc|x = 1\nc|=end\nx|y = 2\np|end\n");
    assertLines("lua", "c|--[[ a\nc|b ]]\ni|local a = require \"a\"\nx|x = [[ -- ]]\np|end\n");
    assertLines("haskell", "c|{- a {- b -}\nc|-}\ni|import A (b)\nx|f' = g' 'x' -- y\n");
    assertLines("kotlin", "i|import a.b\nx|val c = '\"'\nx|val d = \"\"\"/*\"\"\"\nx|e()\n");
  }

  @Test
  void aBlankSnippetIsNamedSo() {
    assertThat(check("python", "\n  \nx\n", 1, 2)).contains(Reason.BLANK_SNIPPET);
  }

  @Test
  void aSnippetInsideABlockCommentIsOnlyComments() {
    String file = "/*\nint a;\n\nint b;\n*/\nint c;\n/* d\n e */\n";
    assertThat(check("c", file, 2, 2)).contains(Reason.ONLY_COMMENTS);
    assertThat(check("c", file, 2, 5)).contains(Reason.ONLY_COMMENTS);
    assertThat(check("c", file, 7, 7)).contains(Reason.ONLY_COMMENTS);
    assertThat(check("c", file, 4, 6)).isEmpty();
  }

  @Test
  void mixturesAreNamedAfterTheirStrongestPart() {
    assertThat(check("java", "import a;\n// b\n\n}\n", 1, 4)).contains(Reason.ONLY_IMPORTS);
    assertThat(check("java", "import a;\n// b\n\n}\n", 2, 4)).contains(Reason.ONLY_PUNCTUATION);
    assertThat(check("java", "import a;\n// b\n\n}\n", 2, 3)).contains(Reason.ONLY_COMMENTS);
    assertThat(check("java", "import a;\nint b;\n", 1, 2)).isEmpty();
  }

  @Test
  void aHostileFileTakesLinearTime() {
    List<String> pieces =
        List.of(
            "\"\"\"",
            "'''a",
            "/*",
            "/* */",
            "import (",
            "\"",
            "'",
            "`",
            "<<A\n",
            "(",
            "\\",
            "#",
            "x;");
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (String language : Languages.known()) {
            for (String piece : pieces) {
              LineKind.of(piece.repeat(20_000), language);
            }
          }
        });
  }

  private static Optional<Reason> check(String language, String content, int first, int last) {
    SourceFile file = SourceFiles.of(language, content);
    SeedSnippet drawn = new RandomLines(1, 1, 1).extract(file, 0);
    Origin origin =
        new Origin("s", "f", first, last, Optional.empty(), Optional.empty(), List.of());
    SeedSnippet seed =
        new SeedSnippet(drawn.id(), drawn.documentId(), 0, language, origin, drawn.code());
    return DegenerateSnippets.in(file).check(seed).map(Parsed.Rejected::reason);
  }

  /** Each line begins with its kind: blank, comment, import, punctuation or code (x). */
  private static void assertLines(String language, String marked) {
    StringBuilder content = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    List<String> lines = marked.lines().toList();
    lines.forEach(line -> content.append(line.substring(2)).append('\n'));
    List<LineKind> kinds = LineKind.of(content.toString(), language);
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).substring(2);
      expected.append(lines.get(i).charAt(0)).append('|').append(text).append('\n');
      actual.append(letter(kinds.get(i))).append('|').append(text).append('\n');
    }
    assertThat(actual.toString()).isEqualTo(expected.toString());
  }

  private static char letter(LineKind kind) {
    return switch (kind) {
      case BLANK -> 'b';
      case COMMENT -> 'c';
      case IMPORT -> 'i';
      case PUNCTUATION -> 'p';
      case CODE -> 'x';
    };
  }
}
