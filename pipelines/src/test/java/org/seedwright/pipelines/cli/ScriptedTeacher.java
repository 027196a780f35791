package org.seedwright.pipelines.cli;

import java.util.Locale;
import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Teacher;

/**
 * Answers by the word that a prompt holds: alpha is a plain success, beta has no markers, gamma and
 * delta are one problem under two spacings, gamma's child is equal to it, epsilon copies a
 * benchmark.
 */
final class ScriptedTeacher implements Teacher {
  /** What the benchmark asks; epsilon's problem holds it in other letters. */
  static final String BENCHMARK_PROMPT =
      "Return the number of pairs of lamps whose distance is at most the given reach.";

  /** Wipes the screen of whoever prints it as it is. */
  static final String CLEAR_SCREEN = "\u001b[2J";

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens) {
    String prompt = request.messages().get(request.messages().size() - 1).content();
    boolean thinks = prompt.contains("alpha");
    return new Reply(
        request.key(),
        Ending.STOP,
        text(prompt),
        thinks ? Optional.of("I think of lamps.") : Optional.empty(),
        "scripted-2026",
        100,
        20,
        maxOutputTokens,
        Mark.TEACHER);
  }

  private static String text(String prompt) {
    if (prompt.startsWith("Below is a piece of code")) {
      return instruct(prompt);
    }
    if (prompt.startsWith("You revise programming exercises")) {
      return prompt.contains("gamma of")
          ? "Add up the gamma of every row, please."
          : "Count words of %d and refuse negative ones.".formatted(prompt.hashCode());
    }
    if (prompt.startsWith("Compare two instructions")) {
      return prompt.contains("please") ? "Equal" : "Not equal";
    }
    return "Answer to: %s%sit is done in one pass over the list."
        .formatted(prompt.strip(), prompt.contains("alpha") ? CLEAR_SCREEN : " ");
  }

  private static String instruct(String prompt) {
    if (prompt.contains("alpha")) {
      return reply("Print the alpha of a lamp.", "Use `alpha(lamp)` and print it." + CLEAR_SCREEN);
    }
    if (prompt.contains("beta")) {
      return "I would rather talk about the beta of lamps.";
    }
    if (prompt.contains("gamma")) {
      return reply("Add up the gamma of every row.", "Use a loop over the rows.");
    }
    if (prompt.contains("delta")) {
      return reply("Add up  the gamma\nof every row.", "Use a loop  over the rows.");
    }
    return reply(
        "A street of lamps. " + BENCHMARK_PROMPT.toUpperCase(Locale.ROOT), "Use two pointers.");
  }

  private static String reply(String problem, String solution) {
    return "[Problem Description]\n%s\n\n[Solution]\n%s\n".formatted(problem, solution);
  }

  @Override
  public void close() {}
}
