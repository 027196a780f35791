package org.seedwright.pipelines.simulate;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A language in which the simulated teacher writes a fold over whole numbers. */
enum ProgramLanguage {
  PYTHON(
      "Python",
      "python",
      "^\\s*(def |class \\w+.*:$|import \\w+$|from \\S+ import |elif |self\\.)|\"\"\"",
      """
      def NAME(values):
          total = START
          for index, value in enumerate(values):
              if CONDITION:
                  total = UPDATE
          return total
      """),
  GO(
      "Go",
      "go",
      "^\\s*(func |package \\w+$|type \\w+ struct)|:=",
      """
      func NAME(values []int64) int64 {
      	total := int64(START)
      	for i, value := range values {
      		index := int64(i)
      		if CONDITION && index >= 0 {
      			total = UPDATE
      		}
      	}
      	return total
      }
      """),
  RUST(
      "Rust",
      "rust",
      "\\b(fn \\w+|impl |let mut |pub struct|&mut )|->.*\\{$",
      """
      fn NAME(values: &[i64]) -> i64 {
          let mut total: i64 = START;
          for (position, &value) in values.iter().enumerate() {
              let index = position as i64;
              if CONDITION && index >= 0 {
                  total = UPDATE;
              }
          }
          total
      }
      """),
  CPP(
      "C++",
      "cpp",
      "^\\s*#include|std::|\\btemplate\\s*<|->|\\bnullptr\\b",
      """
      long long NAME(const std::vector<long long>& values) {
          long long total = START;
          for (long long index = 0; index < (long long) values.size(); ++index) {
              long long value = values[index];
              if (CONDITION) {
                  total = UPDATE;
              }
          }
          return total;
      }
      """),
  JAVA(
      "Java",
      "java",
      "\\b(public|private|protected) [\\w<>\\[\\]]+ |^\\s*@Override|^import [\\w.]+;",
      """
      static long NAME(long[] values) {
          long total = START;
          for (int index = 0; index < values.length; index++) {
              long value = values[index];
              if (CONDITION) {
                  total = UPDATE;
              }
          }
          return total;
      }
      """),
  JAVASCRIPT(
      "JavaScript",
      "javascript",
      "\\b(function\\b|const |let |var |=>|require\\(|module\\.exports)",
      """
      function NAME(values) {
          let total = START;
          for (let index = 0; index < values.length; index++) {
              const value = values[index];
              if (CONDITION) {
                  total = UPDATE;
              }
          }
          return total;
      }
      """);

  private final String title;
  private final String fence;
  private final Pattern cue;
  private final String program;

  ProgramLanguage(String title, String fence, String cue, String program) {
    this.title = title;
    this.fence = fence;
    this.cue = Pattern.compile(cue, Pattern.MULTILINE);
    this.program = program;
  }

  String title() {
    return title;
  }

  /** The language named in the text, else the one it is written in, else Python. */
  static ProgramLanguage of(String text) {
    return named(text).orElseGet(() -> written(text));
  }

  private static Optional<ProgramLanguage> named(String text) {
    // Java last: its name begins JavaScript's.
    for (ProgramLanguage language : List.of(PYTHON, GO, RUST, CPP, JAVASCRIPT, JAVA)) {
      if (text.contains(" in " + language.title)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  private static ProgramLanguage written(String code) {
    for (ProgramLanguage language : values()) {
      if (language.cue.matcher(code).find()) {
        return language;
      }
    }
    return PYTHON;
  }

  /** A function in a code fence. */
  String program(String name, Fold fold) {
    return "```%s\n%s```"
        .formatted(
            fence,
            program
                .replace("NAME", name)
                .replace("START", Long.toString(fold.start()))
                .replace("CONDITION", fold.condition())
                .replace("UPDATE", fold.update()));
  }
}
