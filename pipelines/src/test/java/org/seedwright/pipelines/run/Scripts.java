package org.seedwright.pipelines.run;

import java.util.Locale;
import org.seedwright.pipelines.table.CanonicalJson;

/** What a teacher says that never fails: short, and a function of the prompt. */
final class Scripts {
  private static final String FRAME = "==========\n";

  private Scripts() {}

  static String good(String role, String prompt) {
    return switch (role) {
      case "instruct" -> problem("Sort the values of ledger " + number(prompt) + ".");
      case "evolve" -> parent(prompt) + "\nThere are at most " + number(prompt) + " of them.";
      case "judge" -> "Not equal";
      case "respond" -> "```python\nanswer = sorted(values)[%s:]\n```".formatted(number(prompt));
      default -> throw new IllegalArgumentException(role);
    };
  }

  static String problem(String words) {
    return "[Problem Description]\n%s\n\n[Solution]\n```python\nsorted(values)\n```"
        .formatted(words);
  }

  /** The instruction that a prompt of evolution holds. */
  static String parent(String prompt) {
    int start = prompt.indexOf(FRAME) + FRAME.length();
    return prompt.substring(start, prompt.lastIndexOf("\n" + FRAME.strip()));
  }

  private static String number(String prompt) {
    String hex = CanonicalJson.digest(prompt).substring(0, 6).toLowerCase(Locale.ROOT);
    return Integer.toString(Integer.parseInt(hex, 16));
  }
}
