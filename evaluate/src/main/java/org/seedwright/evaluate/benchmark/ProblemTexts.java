package org.seedwright.evaluate.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts of a problem to search training data for: prompt, description and canonical solution,
 * as far as it has them. Tests are left out: data made from a benchmark seldom keeps them.
 */
public final class ProblemTexts {
  private static final String TRIPLE = "\"\"\"";
  private static final String TRIPLE_SINGLE = "'''";

  private ProblemTexts() {}

  /** The texts, none blank; the description only where it is not the prompt itself. */
  public static List<ProblemText> of(Problem problem) {
    List<ProblemText> texts = new ArrayList<>();
    texts.add(new ProblemText(ProblemText.Part.PROMPT, problem.prompt()));
    description(problem.prompt())
        .filter(text -> !text.isBlank() && !text.strip().equals(problem.prompt().strip()))
        .ifPresent(text -> texts.add(new ProblemText(ProblemText.Part.DESCRIPTION, text)));
    problem
        .canonicalSolution()
        .filter(text -> !text.isBlank())
        .ifPresent(text -> texts.add(new ProblemText(ProblemText.Part.SOLUTION, text)));
    return List.copyOf(texts);
  }

  /**
   * What the prompt says in words: the problem statement of DS-1000, else the last docstring (where
   * a prompt has two, the first belongs to a function that is given), else the last comment.
   */
  static Optional<String> description(String prompt) {
    return statement(prompt)
        .or(() -> docstring(prompt))
        .or(() -> blockComment(prompt))
        .or(() -> lineComment(prompt));
  }

  /** DS-1000: the question that stands before the answer to be completed. */
  private static Optional<String> statement(String prompt) {
    int answer = prompt.indexOf("\nA:\n");
    return prompt.startsWith("Problem:\n") && answer > 0
        ? Optional.of(prompt.substring("Problem:\n".length(), answer))
        : Optional.empty();
  }

  private static Optional<String> docstring(String prompt) {
    Optional<String> last = Optional.empty();
    int from = 0;
    while (true) {
      int one = prompt.indexOf(TRIPLE, from);
      int other = prompt.indexOf(TRIPLE_SINGLE, from);
      if (one < 0 && other < 0) {
        return last;
      }
      boolean isDouble = other < 0 || (one >= 0 && one < other);
      int start = (isDouble ? one : other) + TRIPLE.length();
      int end = prompt.indexOf(isDouble ? TRIPLE : TRIPLE_SINGLE, start);
      if (end < 0) {
        return last;
      }
      last = Optional.of(withoutAssertions(prompt.substring(start, end)));
      from = end + TRIPLE.length();
    }
  }

  /** MBPP+ writes one of its assertions below the description; the description is MBPP's. */
  private static String withoutAssertions(String docstring) {
    List<String> lines = new ArrayList<>(docstring.strip().lines().toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).startsWith("assert ")) {
      lines.remove(lines.size() - 1);
    }
    return String.join("\n", lines);
  }

  private static Optional<String> blockComment(String prompt) {
    int start = prompt.lastIndexOf("/*");
    int end = prompt.indexOf("*/", start + 2);
    if (start < 0 || end < 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(
            "\n",
            prompt
                .substring(start + 2, end)
                .lines()
                .map(line -> line.strip().replaceFirst("^[* ]+", ""))
                .toList()));
  }

  private static Optional<String> lineComment(String prompt) {
    List<String> last = List.of();
    List<String> run = new ArrayList<>();
    for (String line : prompt.lines().map(String::strip).toList()) {
      if (line.matches("//.*|##?|##? .*")) {
        run.add(line.replaceFirst("^(/{2,3}|#{1,2})\\s*", ""));
      } else if (!run.isEmpty()) {
        last = run;
        run = new ArrayList<>();
      }
    }
    String text = String.join("\n", run.isEmpty() ? last : run);
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
