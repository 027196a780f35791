package org.seedwright.pipelines.rows;

import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.Identity;

/**
 * A row of a file.
 *
 * @param place file and line or row, for messages
 * @param values by column, in the order of the file; absent where there is nothing. Of JSON:
 *     String, Boolean, Long, Double, and {@link JsonText} for what is nested; of Parquet what Avro
 *     makes
 * @param source the bytes that the row is, for its digest
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Row(String place, Map<String, Object> values, byte[] source) {
  /** A value that is kept as the JSON text that it came as. */
  public record JsonText(String json) {}

  /** The text in a column; nothing where it is absent or null. */
  public Optional<String> text(String column) {
    Object value = values.get(column);
    return value == null ? Optional.empty() : Optional.of(textOf(value));
  }

  /** A number in a column; nothing where it is absent or no number. */
  public Optional<Double> number(String column) {
    return values.get(column) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** SHA-256 of the bytes that the row is. */
  public byte[] digest() {
    return Identity.sha256().digest(source);
  }

  static String textOf(Object value) {
    return value instanceof JsonText text ? text.json() : value.toString();
  }
}
