package org.seedwright.pipelines.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values back out of a prompt, by the prompt rendered once with known values. */
final class Template {
  private final Pattern pattern;
  private final List<Integer> groups;

  private Template(Pattern pattern, List<Integer> groups) {
    this.pattern = pattern;
    this.groups = groups;
  }

  /**
   * @param rendered the prompt with {@code values} in their places
   * @param values in the order in which they stand, none part of another
   */
  static Template of(String rendered, String... values) {
    var pattern = new StringBuilder();
    var groups = new ArrayList<Integer>();
    int from = 0;
    int group = 0;
    for (String value : values) {
      String fenced = "```\n" + value + "\n```";
      int fence = rendered.indexOf(fenced, from);
      int start = fence >= 0 ? fence : rendered.indexOf(value, from);
      if (start < 0) {
        throw new IllegalArgumentException("the prompt does not hold its value " + value);
      }
      pattern.append(Pattern.quote(rendered.substring(from, start)));
      if (fence >= 0) {
        // A value with backticks of its own stands in a longer fence.
        pattern.append("(`{3,})\\n(.*?)\\n?\\").append(++group);
        from = start + fenced.length();
      } else {
        pattern.append("(.*?)");
        from = start + value.length();
      }
      groups.add(++group);
    }
    pattern.append(Pattern.quote(rendered.substring(from)));
    return new Template(Pattern.compile(pattern.toString(), Pattern.DOTALL), groups);
  }

  /** The values, in order, where the text is this prompt. */
  Optional<List<String>> valuesIn(String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches()
        ? Optional.of(groups.stream().map(matcher::group).toList())
        : Optional.empty();
  }
}
