package org.seedwright.pipelines.rows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Finds the type of each column of JSON rows: that of its values where all are alike, floating
 * point where whole and other numbers meet, and otherwise the text of the JSON, strings in their
 * quotes too, so that nothing is lost. What is nested is JSON text.
 */
final class JsonColumns {
  static final String AS_JSON = "seedwright.json";

  private enum Kind {
    TEXT,
    WHOLE,
    NUMBER,
    TRUTH,
    NESTED
  }

  private final Map<String, EnumSet<Kind>> kinds = new LinkedHashMap<>();

  synchronized void see(Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          EnumSet<Kind> known = kinds.get(name);
          if (known == null) {
            known = EnumSet.noneOf(Kind.class);
            kinds.put(name, known);
          }
          if (value != null) {
            known.add(kind(value));
          }
        });
  }

  synchronized RowSchema schema() {
    Map<String, Schema> columns = new TreeMap<>();
    kinds.forEach((name, known) -> columns.put(name, type(known)));
    return RowSchema.sorted(columns);
  }

  private static Schema type(EnumSet<Kind> known) {
    if (known.isEmpty() || known.equals(EnumSet.of(Kind.TEXT))) {
      return Schema.create(Schema.Type.STRING);
    }
    if (known.equals(EnumSet.of(Kind.WHOLE))) {
      return Schema.create(Schema.Type.LONG);
    }
    if (EnumSet.of(Kind.WHOLE, Kind.NUMBER).containsAll(known)) {
      return Schema.create(Schema.Type.DOUBLE);
    }
    if (known.equals(EnumSet.of(Kind.TRUTH))) {
      return Schema.create(Schema.Type.BOOLEAN);
    }
    Schema text = Schema.create(Schema.Type.STRING);
    text.addProp(AS_JSON, "true");
    return text;
  }

  private static Kind kind(Object value) {
    if (value instanceof String) {
      return Kind.TEXT;
    }
    if (value instanceof Long) {
      return Kind.WHOLE;
    }
    if (value instanceof Double) {
      return Kind.NUMBER;
    }
    return value instanceof Boolean ? Kind.TRUTH : Kind.NESTED;
  }

  /** A value as JSON text. */
  static String json(Object value) {
    return value instanceof String text
        ? '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"'
        : value.toString();
  }
}
