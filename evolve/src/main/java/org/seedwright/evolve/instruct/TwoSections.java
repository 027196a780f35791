package org.seedwright.evolve.instruct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seedwright.evolve.MarkdownFences;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * Finds the problem and the solution in a reply.
 *
 * <p>Of the ways in which models write a marker the strongest that occurs counts: in brackets at
 * the beginning of a line, then as a heading or bold, then with a colon or alone on its line, then
 * in brackets inside a line. A line that only announces both sections holds no marker, and neither
 * does a code fence, unless there is none elsewhere.
 */
final class TwoSections {
  private enum Kind {
    PROBLEM,
    SOLUTION
  }

  private enum Form {
    BRACKETED,
    HEADING,
    PLAIN,
    INSIDE_A_LINE,
    IN_A_FENCE
  }

  /** A marker and the offsets where it begins and where its section's text begins. */
  private record Marker(Kind kind, Form form, int start, int end) {}

  private static final String LABEL =
      "(?<label>problem(?<long>[ \\t]+(?:description|statement))?|solution)(?:[ \\t]*#?\\d+)?";
  private static final Pattern AT_LINE_START =
      Pattern.compile(
          "[ \\t>]*+(?<heading>#{1,6}+[ \\t]*+)?(?:\\d{1,2}[.)][ \\t]+)?(?<bold>[*_]{1,3}+|`)?[ \\t]*+"
              + "(?<open>\\[)?[ \\t]*+"
              + LABEL
              + "[ \\t]*+(?<close>\\])?[ \\t]*+(?<colon>:)?(?<unbold>[*_]{1,3}+|`)?[ \\t]*+"
              + "(?<colon2>:)?[ \\t]*+#*+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?:[*_]{1,3}+|`)?\\[[ \\t]*(?<label>problem[ \\t]+description|solution)[ \\t]*\\]"
              + "(?:[*_]{1,3}+|`)?[ \\t]*:?[ \\t]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ANNOUNCES_BOTH =
      Pattern.compile(
          "\\W*+(?:and|&|,|/|\\+|then|followed by)?+[^\\p{L}]*+(?:(?:the|a|its|then)[^\\p{L}]++)?+solution\\b.*+",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ANOTHER_SOLUTION =
      Pattern.compile(
          "[ \\t]*+(?:#{1,6}+[ \\t]*+)?(?:[*_]{1,3}+)?\\[?"
              + "(?:an? )?(?:alternative|alternate|another|second|other) solutions?\\b.{0,20}+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RULES =
      Pattern.compile("(?:\\n[ \\t]*+(?:-{3,}+|\\*{3,}+|_{3,}+)[ \\t]*+)++$");
  private static final Pattern CHATTER =
      Pattern.compile(
          "(?:i hope (?:this|that)|hope (?:this|that)|(?:please )?let me know if|feel free to"
              + "|if you have any (?:further |other |more )?questions|happy coding"
              + "|would you like me to|do you want me to)\\b.*+",
          Pattern.DOTALL);

  private TwoSections() {}

  static Parsed<ProblemAndSolution> in(String answer) {
    String text = MarkdownFences.unwrapped(answer);
    List<Marker> markers = markers(text);
    List<Marker> problems = strongest(Kind.PROBLEM, markers, 0);
    if (problems.isEmpty()) {
      boolean hasSolution = markers.stream().anyMatch(marker -> marker.kind() == Kind.SOLUTION);
      return Parsed.rejected(
          Reason.MARKERS_MISSING,
          hasSolution
              ? "the reply marks a solution but no problem description"
              : "the reply marks neither a problem description nor a solution");
    }
    Marker problem = joined(problems.get(0), markers, text);
    List<Marker> solutions = strongest(Kind.SOLUTION, markers, problem.end());
    if (solutions.isEmpty()) {
      return strongest(Kind.SOLUTION, markers, 0).isEmpty()
          ? Parsed.rejected(
              Reason.MARKERS_MISSING, "the reply marks a problem description but no solution")
          : Parsed.rejected(
              Reason.MARKERS_OUT_OF_ORDER, "the solution is marked before the problem description");
    }
    Marker solution = joined(solutions.get(0), markers, text);
    String problemText = cleaned(text.substring(problem.end(), solution.start()));
    String solutionText = withoutChatter(cleaned(text.substring(solution.end())));
    if (problemText.isEmpty()) {
      return Parsed.rejected(Reason.EMPTY_PROBLEM, "nothing stands under the problem description");
    }
    if (solutionText.isEmpty()) {
      return Parsed.rejected(Reason.EMPTY_SOLUTION, "nothing stands under the solution");
    }
    boolean secondSolution =
        solutions.get(solutions.size() - 1).start() >= solution.end()
            || MarkdownFences.prose(solutionText)
                .lines()
                .anyMatch(line -> ANOTHER_SOLUTION.matcher(line).matches());
    if (secondSolution) {
      return Parsed.rejected(Reason.TWO_SOLUTIONS, "a second solution follows the first");
    }
    if (problems.get(problems.size() - 1).start() > solution.start()) {
      return Parsed.rejected(Reason.TWO_SOLUTIONS, "a second problem follows the first solution");
    }
    return Parsed.accepted(new ProblemAndSolution(problemText, solutionText));
  }

  private static List<Marker> markers(String text) {
    List<Marker> markers = new ArrayList<>();
    List<String> lines = text.lines().toList();
    List<Boolean> fenced = MarkdownFences.fenced(lines);
    int offset = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      markers.addAll(onLine(line, offset, fenced.get(i)));
      offset = afterLine(text, offset + line.length());
    }
    return markers;
  }

  private static int afterLine(String text, int end) {
    boolean both = text.startsWith("\r\n", end);
    return both ? end + 2 : end + 1;
  }

  private static List<Marker> onLine(String line, int offset, boolean fenced) {
    List<Marker> found = new ArrayList<>();
    Matcher start = AT_LINE_START.matcher(line);
    int from = 0;
    if (start.lookingAt()) {
      String rest = line.substring(start.end());
      Kind kind = kind(start.group("label"));
      if (kind == Kind.PROBLEM && ANNOUNCES_BOTH.matcher(rest).matches()) {
        return List.of();
      }
      Optional<Form> form = form(start, rest);
      if (form.isPresent()) {
        // In a fence "# Solution" is a comment of the code; brackets are a marker even there.
        if (!fenced || form.get() == Form.BRACKETED) {
          Form counted = fenced ? Form.IN_A_FENCE : form.get();
          found.add(new Marker(kind, counted, offset + start.start(), offset + start.end()));
        }
        from = start.end();
      }
    }
    Matcher inside = INSIDE.matcher(line);
    while (!fenced && inside.find(from)) {
      Kind kind = kind(inside.group("label"));
      if (kind == Kind.PROBLEM && ANNOUNCES_BOTH.matcher(line.substring(inside.end())).matches()) {
        return found;
      }
      found.add(
          new Marker(kind, Form.INSIDE_A_LINE, offset + inside.start(), offset + inside.end()));
      from = inside.end();
    }
    return found;
  }

  /** Empty where the line only begins with the words. */
  private static Optional<Form> form(Matcher start, String rest) {
    boolean colon = start.group("colon") != null || start.group("colon2") != null;
    boolean apart = colon || rest.isBlank();
    boolean open = start.group("open") != null;
    boolean close = start.group("close") != null;
    if (open || close) {
      return open && close ? Optional.of(Form.BRACKETED) : Optional.empty();
    }
    if (start.group("bold") != null && start.group("unbold") != null) {
      return Optional.of(Form.HEADING);
    }
    if (start.group("heading") != null && apart) {
      return Optional.of(Form.HEADING);
    }
    boolean onlyTheWordProblem =
        kind(start.group("label")) == Kind.PROBLEM && start.group("long") == null;
    return apart && !onlyTheWordProblem && start.group("bold") == null
        ? Optional.of(Form.PLAIN)
        : Optional.empty();
  }

  private static Kind kind(String label) {
    return label.toLowerCase(Locale.ROOT).startsWith("problem") ? Kind.PROBLEM : Kind.SOLUTION;
  }

  private static List<Marker> strongest(Kind kind, List<Marker> markers, int from) {
    List<Marker> ofKind =
        markers.stream().filter(marker -> marker.kind() == kind && marker.start() >= from).toList();
    return ofKind.stream()
        .map(Marker::form)
        .min(Comparator.naturalOrder())
        .map(form -> ofKind.stream().filter(marker -> marker.form() == form).toList())
        .orElse(List.of());
  }

  /**
   * Joins to a marker those of its kind that stand right before or after it, as where a heading
   * stands over the bracketed form.
   */
  private static Marker joined(Marker marker, List<Marker> markers, String text) {
    int start = marker.start();
    int end = marker.end();
    for (int i = markers.size() - 1; i >= 0; i--) {
      Marker before = markers.get(i);
      if (before.kind() == marker.kind()
          && before.end() <= start
          && text.substring(before.end(), start).isBlank()) {
        start = before.start();
      }
    }
    for (Marker after : markers) {
      if (after.kind() == marker.kind()
          && after.start() >= end
          && text.substring(end, after.start()).isBlank()) {
        end = after.end();
      }
    }
    return new Marker(marker.kind(), marker.form(), start, end);
  }

  private static String cleaned(String section) {
    return RULES.matcher(section.stripTrailing()).replaceFirst("").strip();
  }

  private static String withoutChatter(String solution) {
    String kept = solution;
    while (true) {
      int paragraph = kept.lastIndexOf("\n\n");
      if (paragraph < 0) {
        return kept;
      }
      String last = kept.substring(paragraph).strip().toLowerCase(Locale.ROOT);
      if (!CHATTER.matcher(last).matches() || last.contains("```")) {
        return kept;
      }
      kept = cleaned(kept.substring(0, paragraph));
    }
  }
}
