package org.seedwright.evolve.instruct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.MarkdownFences;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.PromptFile;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.ReplyText;
import org.seedwright.evolve.TeacherReply;

/**
 * Shows a few tasks as a numbered list and has the teacher go on with it (Self-Instruct, arXiv
 * 2212.10560, section 2.2; Code Alpaca). A reply that was cut off is rejected as a whole, as in the
 * paper.
 */
public final class SelfInstruct implements Serializable {
  private static final PromptFile FILE =
      PromptFile.resource(
          SelfInstruct.class, "self-instruct.md", "tasks", "wanted", "first", "last");

  /** A number before a task: {@code 9.}, {@code 9)}, {@code **9.**}, {@code Task 9:}. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[\\s*_#>-]{0,8}(?:task\\s+)?(\\d{1,4})[.):][*_]*(?:\\s+|$)(.*)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Draws the tasks to show, none twice.
   *
   * @param runSeed the run's seed
   * @param number of the request
   * @param count how many; all where there are fewer
   */
  public static List<String> examples(long runSeed, int number, int count, List<String> tasks) {
    Draw draw = Draw.of(runSeed, "self-instruct", Integer.toString(number));
    var left = new ArrayList<>(tasks);
    var drawn = new ArrayList<String>();
    while (drawn.size() < count && !left.isEmpty()) {
      drawn.add(left.remove(draw.nextInt(left.size())));
    }
    return drawn;
  }

  /** Returns the prompt that shows tasks and asks for further ones. */
  public Prompt render(List<String> examples, int wanted) {
    String list =
        IntStream.range(0, examples.size())
            .mapToObj(i -> "%d. %s".formatted(i + 1, examples.get(i).strip()))
            .reduce((one, other) -> one + "\n" + other)
            .orElseThrow(() -> new IllegalArgumentException("there is no task to show"));
    return FILE.prompt(
        Map.of(
            "tasks", list,
            "wanted", Integer.toString(wanted),
            "first", Integer.toString(examples.size() + 1),
            "last", Integer.toString(examples.size() + wanted)));
  }

  /**
   * Returns the tasks of a reply in their order, or why there are none. Only the number that is due
   * begins a task, so that a task may hold numbers and lists of its own.
   *
   * @param shown how many tasks the prompt showed; a list that begins anew at 1 is read too
   */
  public Parsed<List<String>> parse(int shown, TeacherReply reply) {
    Parsed<String> answer = ReplyText.of(reply);
    if (answer instanceof Parsed.Rejected<String> rejected) {
      return rejected.ofType();
    }
    String text = MarkdownFences.unwrapped(((Parsed.Accepted<String>) answer).value());
    var tasks = new ArrayList<String>();
    var task = new ArrayList<String>();
    int due = -1;
    for (String line : text.lines().toList()) {
      Matcher number = NUMBER.matcher(line);
      int found = number.matches() ? Integer.parseInt(number.group(1)) : -1;
      boolean begins = due < 0 ? found == shown + 1 || found == 1 : found == due;
      if (begins) {
        end(task, tasks);
        task.add(number.group(2));
        due = found + 1;
      } else if (due >= 0) {
        task.add(line);
      }
    }
    end(task, tasks);
    return tasks.isEmpty()
        ? Parsed.rejected(Reason.NOT_IN_REPLY, "the reply holds no numbered list")
        : Parsed.accepted(List.copyOf(tasks));
  }

  private static void end(List<String> lines, List<String> tasks) {
    String task = String.join("\n", lines).strip();
    // An empty number still takes its place.
    if (!lines.isEmpty()) {
      tasks.add(task);
    }
    lines.clear();
  }
}
