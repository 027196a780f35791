package org.seedwright.evolve;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code fences of Markdown: which lines lie in one, and a text that is all one fence. */
public final class MarkdownFences {
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}+|~{3,}+)([^`]*+)");
  private static final Pattern PROSE_FENCE =
      Pattern.compile(
          "`{3,}+(?:markdown|md|text|txt|plaintext)?[ \\t]*+", Pattern.CASE_INSENSITIVE);

  private MarkdownFences() {}

  /**
   * Tells for each line whether it lies in a fence; the lines of the fence itself do. A fence that
   * is not closed reaches to the end.
   */
  public static List<Boolean> fenced(List<String> lines) {
    List<Boolean> fenced = new ArrayList<>(lines.size());
    String open = "";
    for (String line : lines) {
      Matcher fence = FENCE.matcher(line);
      boolean isFence = fence.matches();
      if (open.isEmpty()) {
        open = isFence ? fence.group(1) : "";
        fenced.add(isFence);
      } else {
        fenced.add(true);
        if (isFence && fence.group(1).startsWith(open) && fence.group(2).isBlank()) {
          open = "";
        }
      }
    }
    return fenced;
  }

  /** Returns the lines that lie in no fence. */
  public static String prose(String text) {
    List<String> lines = text.lines().toList();
    List<Boolean> fenced = fenced(lines);
    List<String> prose = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!fenced.get(i)) {
        prose.add(lines.get(i));
      }
    }
    return String.join("\n", prose);
  }

  /**
   * Returns what is inside, where a model put its whole answer into one fence of Markdown or of no
   * language, and else the text itself.
   */
  public static String unwrapped(String text) {
    String stripped = text.strip();
    int firstEnd = stripped.indexOf('\n');
    int lastStart = stripped.lastIndexOf('\n');
    if (firstEnd < 0 || lastStart <= firstEnd) {
      return text;
    }
    String first = stripped.substring(0, firstEnd).stripTrailing();
    String last = stripped.substring(lastStart + 1);
    if (PROSE_FENCE.matcher(first).matches() && last.matches("`{3,}+")) {
      return stripped.substring(firstEnd + 1, lastStart);
    }
    return text;
  }
}
