package org.seedwright.pipelines.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.seedwright.evolve.Draw;

/**
 * Makes texts up: the same for the same draw, varied between draws, with words of the seed's in
 * them.
 */
final class Improviser {
  private static final Pattern NUMBERED = Pattern.compile("numbered (\\d{1,4}) to (\\d{1,4})");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][a-z]{3,15}");
  private static final Set<String> NOT_NAMES =
      Set.of(
          "return",
          "import",
          "class",
          "public",
          "static",
          "void",
          "else",
          "self",
          "None",
          "true",
          "false",
          "True",
          "False",
          "this",
          "const",
          "function",
          "struct",
          "from",
          "elif",
          "with",
          "while",
          "break",
          "continue",
          "default",
          "switch",
          "case",
          "throw",
          "except",
          "finally",
          "the",
          "that",
          "have",
          "numbers",
          "value",
          "values",
          "total",
          "index");
  private static final List<String> SPARE_NAMES =
      List.of(
          "ledger", "parcel", "signal", "harbour", "archive", "turbine", "orchard", "lantern",
          "canvas", "beacon", "meadow", "quarry");
  private static final List<String> OPENINGS =
      List.of(
          "A %s keeps one whole number, zero or more, for every %s it has seen.",
          "The maintainers of a %s record a non-negative number for each %s.",
          "Every %s reports to the %s a list of whole numbers, none of them negative.",
          "While a %s is running it writes down one count per %s; no count is negative.",
          "You are given the log of a %s: a list with a non-negative number for each %s.",
          "An audit of the %s needs one figure from the numbers that each %s left behind.",
          "In a small tool around a %s, each %s is stored as a whole number of at least zero.",
          "For a report, the %s condenses its numbers, one for each %s, into a single one.");
  private static final List<String> TASKS =
      List.of(
          "Write a function `%s` in %s that receives the list and returns one number.",
          "Implement `%s` in %s; it takes the list of numbers and returns a whole number.",
          "Your task is the function `%s` in %s: from the list it computes a single result.",
          "Provide, in %2$s, a function named `%1$s` with the list as its only argument.");
  private static final List<String> DEMANDS =
      List.of(
          "For an empty list the function must return %d.",
          "Numbers above %d are to be treated as if they were absent.",
          "After %d numbers have been taken, the rest of the list is ignored.",
          "The result is reported modulo %d, and the test lists hold a million numbers.",
          "The list arrives in pieces of %d numbers each, and no more than one piece may be kept.",
          "If the same number comes %d times in a row, it is taken only once.",
          "Also return the position of the last number that was taken, or %d if there was none.",
          "The function must not change the list and may use at most %d further variables.",
          "Before the first number is looked at, %d numbers at the front are skipped.",
          "A number that occurs more than %d times in the list makes the whole result zero.",
          "Any number that lies less than %d after the previous one taken is passed over.",
          "The list may hold gaps, written as the number %d, which count for nothing.");
  private static final List<String> APPROACHES =
      List.of(
          "One pass over the list is enough: look at each number once and keep a running total.",
          "The numbers are visited in order; only those that meet the condition change the total.",
          "Nothing has to be stored besides the total, so the memory needed does not grow.",
          "Since every number is handled on its own, a single loop with one test does the work.");
  private static final List<String> CLOSINGS =
      List.of(
          "The running time is linear in the length of the list.",
          "An empty list leaves the total as it began.",
          "Each step takes constant time, and the list is read from front to back.",
          "No number is looked at twice.");

  private final Draw draw;
  private final List<String> names;
  private final ProgramLanguage language;

  Improviser(Draw draw, String subject) {
    this.draw = draw;
    this.names = names(subject);
    this.language = ProgramLanguage.of(subject);
  }

  private static List<String> names(String subject) {
    Set<String> found = new LinkedHashSet<>();
    WORD.matcher(subject)
        .results()
        .map(match -> match.group())
        .filter(word -> !NOT_NAMES.contains(word))
        .forEach(word -> found.add(word.toLowerCase(Locale.ROOT)));
    return List.copyOf(found);
  }

  private <T> T one(List<T> all) {
    return all.get(draw.nextInt(all.size()));
  }

  private String name() {
    return names.isEmpty() || draw.nextInt(4) == 0 ? one(SPARE_NAMES) : one(names);
  }

  private String functionName() {
    String first = name();
    String second = name();
    return switch (language) {
      case PYTHON, RUST, CPP -> "fold_" + first + "_" + second;
      case GO, JAVA, JAVASCRIPT -> "fold" + capital(first) + capital(second);
    };
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Goes on with a numbered list of tasks as the prompt says. */
  String tasks(String prompt) {
    List<Integer> bounds =
        NUMBERED
            .matcher(prompt)
            .results()
            .reduce((one, last) -> last)
            .map(
                match ->
                    List.of(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
            .orElse(List.of(1, 1));
    var tasks = new StringBuilder();
    for (int number = bounds.get(0); number <= bounds.get(1); number++) {
      tasks.append(
          "%d. %s %s%n"
              .formatted(
                  number,
                  one(OPENINGS).formatted(name(), name()),
                  one(TASKS).formatted(functionName(), language.title())));
    }
    return tasks.toString().replace(System.lineSeparator(), "\n").strip();
  }

  /** A problem, and a solution that is right. */
  record ProblemText(String problem, String solution) {}

  ProblemText problem() {
    Fold fold = Fold.drawn(draw);
    String function = functionName();
    String problem =
        String.join(
            "\n\n",
            one(OPENINGS).formatted(name(), name()),
            one(TASKS).formatted(function, language.title()) + " " + fold.words(),
            fold.example(function, draw));
    return new ProblemText(problem, solution(function, fold));
  }

  private String solution(String function, Fold fold) {
    return String.join("\n\n", one(APPROACHES), language.program(function, fold), one(CLOSINGS));
  }

  /** An answer to some instruction: an approach, a program, a remark. */
  String response() {
    return solution(functionName(), Fold.drawn(draw));
  }

  /** The instruction with one or two demands more. */
  String evolved(String parent) {
    var parts = new ArrayList<String>(List.of(parent.strip()));
    int more = 1 + draw.nextInt(2);
    for (int i = 0; i < more; i++) {
      parts.add(one(DEMANDS).formatted(2 + draw.nextInt(998)));
    }
    return String.join("\n\n", parts);
  }
}
