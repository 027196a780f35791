package org.seedwright.pipelines.experiment;

import java.util.Locale;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a message shows of the file: short, on one line, safe on a terminal, and no secret. */
final class Shown {

  private static final int LONGEST = 100;
  private static final Pattern SECRET =
      Pattern.compile("key|token$|secret|password|passwd|authorization|credential");

  private Shown() {}

  /** Returns the value without quotes, for {@link Problem#value()}. */
  static String value(Node node) {
    if (node instanceof ScalarNode scalar) {
      return text(scalar.getValue());
    }
    if (node instanceof SequenceNode list) {
      int size = list.getValue().size();
      return size == 1 ? "a list of 1 item" : "a list of %d items".formatted(size);
    }
    if (node instanceof MappingNode mapping) {
      int size = mapping.getValue().size();
      return size == 1 ? "a mapping of 1 key" : "a mapping of %d keys".formatted(size);
    }
    return "";
  }

  /** Returns the value of a key that is not known, empty where its name suggests a secret. */
  static String value(String key, Node node) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find() ? "" : value(node);
  }

  /** Returns the value as it reads in a sentence: text in quotes, all else as it is. */
  static String quoted(Node node) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.getTag().equals(Tag.NULL)) {
        return "an empty value";
      }
      return scalar.getTag().equals(Tag.STR) ? '"' + value(node) + '"' : value(node);
    }
    return value(node);
  }

  /** Returns the text with control characters escaped, shortened to 100 characters. */
  static String text(String raw) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints()
        .limit(LONGEST + 1L)
        .forEach(
            point -> {
              if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    if (raw.codePointCount(0, raw.length()) <= LONGEST) {
      return shown.toString();
    }
    return shown.substring(0, shown.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
