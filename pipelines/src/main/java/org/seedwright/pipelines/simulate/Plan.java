package org.seedwright.pipelines.simulate;

import java.util.Optional;
import org.seedwright.evolve.Draw;
import org.seedwright.pipelines.simulate.Improviser.ProblemText;
import org.seedwright.pipelines.simulate.PromptReader.Read;

/**
 * What the simulated teacher says to one request, a function of the request and of seed and shares
 * alone.
 *
 * @param fault none where the reply is a good one
 * @param text the reply, whole
 */
record Plan(Read prompt, Optional<Fault> fault, String text) {

  /** Parts of which a share is made. */
  private static final long PARTS = 1_000_000_000;

  private static final String ONE_PROBLEM =
      "A parking garage keeps the arrival times of its guests in a list. Write a function in Python"
          + " that returns how many pairs of neighbouring times lie at most five minutes apart.";
  private static final String ONE_SOLUTION =
      "```python\ndef close_pairs(times):\n    return sum(b - a <= 5 for a, b in zip(times,"
          + " times[1:]))\n```";

  static Plan of(String key, Read prompt, SimulatorOptions options) {
    Optional<Fault> fault = fault(key, prompt.kind(), options);
    Draw draw = Draw.of(options.seed(), "simulated-reply", key);
    return new Plan(prompt, fault, text(prompt, fault, draw));
  }

  private static Optional<Fault> fault(String key, PromptKind kind, SimulatorOptions options) {
    long at = Draw.of(options.seed(), "simulated-fault", key).nextLong(PARTS);
    double below = 0;
    for (Fault fault : Fault.values()) {
      if (fault.suits(kind)) {
        below += options.shares().get(fault) * PARTS;
        if (at < Math.round(below)) {
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }

  private static String text(Read prompt, Optional<Fault> fault, Draw draw) {
    var improviser = new Improviser(draw, prompt.subject());
    String good =
        switch (prompt.kind()) {
          case OSS_INSTRUCT -> sections(improviser.problem());
          case SELF_INSTRUCT -> improviser.tasks(prompt.subject());
          case EVOLVE -> improviser.evolved(prompt.subject());
          case JUDGE -> "Not equal";
          case RESPOND -> improviser.response();
        };
    return fault.isEmpty() ? good : faulty(fault.get(), prompt, good, improviser, draw);
  }

  private static String sections(ProblemText problem) {
    return "[Problem Description]\n%s\n\n[Solution]\n%s"
        .formatted(problem.problem(), problem.solution());
  }

  private static String faulty(
      Fault fault, Read prompt, String good, Improviser improviser, Draw draw) {
    return switch (fault) {
      case REFUSAL -> "I cannot help with this request.";
      case TRUNCATION, CONTENT_FILTER -> good;
      case EMPTY_REPLY -> "";
      case UNCLOSED_THINKING -> "<think>\nLet me see what is asked for here. " + good;
      case MISSING_MARKER -> good.replace("[Solution]\n", "");
      case MARKERS_OUT_OF_ORDER -> outOfOrder(improviser.problem());
      case EMPTY_PROBLEM -> sections(new ProblemText("", improviser.response()));
      case EMPTY_SOLUTION -> sections(new ProblemText(improviser.problem().problem(), ""));
      case TWO_SOLUTIONS -> good + "\n\n[Solution]\n" + improviser.response();
      case DUPLICATE_PROBLEM -> duplicate(draw);
      case DUPLICATE_SOLUTION ->
          sections(new ProblemText(improviser.problem().problem(), ONE_SOLUTION));
      case UNCHANGED_CHILD -> prompt.subject();
      case PROMPT_LEAK -> "#Rewritten Prompt#\n" + good;
      case ANSWERED_INSTEAD -> "To solve this problem:\n\n" + improviser.response();
      case EQUAL_VERDICT -> "Equal";
      case UNDECIDED_VERDICT -> "That depends on what the reader makes of them.";
      case SORRY_ANSWER -> "Sorry, this is more than the statement lets anybody work out.";
      case PUNCTUATION_ANSWER -> "... the, of: and - !";
    };
  }

  private static String outOfOrder(ProblemText problem) {
    return "[Solution]\n%s\n\n[Problem Description]\n%s"
        .formatted(problem.solution(), problem.problem());
  }

  /** Always the same problem and solution, but for the spacing between lines and sections. */
  private static String duplicate(Draw draw) {
    String gap = "\n".repeat(1 + draw.nextInt(3));
    return sections(
        new ProblemText(
            gap + ONE_PROBLEM.replace(". ", "." + " ".repeat(1 + draw.nextInt(3))),
            gap + ONE_SOLUTION + gap));
  }
}
