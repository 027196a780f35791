package org.seedwright.pipelines.rows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Columns of rows, and of what is written of them. */
public final class RowSchema {
  /** No columns. */
  static final RowSchema NONE = new RowSchema(Map.of());

  private final Map<String, Schema> columns;

  RowSchema(Map<String, Schema> columns) {
    this.columns = new LinkedHashMap<>(columns);
  }

  /** The names of the columns. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** The columns in the order of their names, which does not depend on the order of rows. */
  static RowSchema sorted(Map<String, Schema> columns) {
    return new RowSchema(new TreeMap<>(columns));
  }

  /** These columns and one more of text, which may be absent. */
  public RowSchema plusText(String name) {
    return plus(name, Schema.create(Schema.Type.STRING));
  }

  /**
   * These columns and that of ids. Rows that have it already, since they went through such a
   * command before, keep it where it is what names them.
   *
   * @param named the column that names rows, if any
   * @throws RowFileException if rows have it and it does not name them
   */
  RowSchema plusId(Optional<String> named) {
    boolean names = named.filter(FileDeduplication.ID::equals).isPresent();
    return names && columns.containsKey(FileDeduplication.ID) && isText(FileDeduplication.ID)
        ? this
        : plusText(FileDeduplication.ID);
  }

  private boolean isText(String name) {
    Schema type = columns.get(name);
    return type.getType() == Schema.Type.STRING
        || (type.isUnion()
            && type.getTypes().stream()
                .allMatch(
                    one ->
                        one.getType() == Schema.Type.STRING || one.getType() == Schema.Type.NULL));
  }

  /** These columns and one more of floating-point numbers, which may be absent. */
  public RowSchema plusNumber(String name) {
    return plus(name, Schema.create(Schema.Type.DOUBLE));
  }

  /** These columns and one more of whole numbers, which may be absent. */
  RowSchema plusWhole(String name) {
    return plus(name, Schema.create(Schema.Type.LONG));
  }

  /**
   * Checks that rows have columns.
   *
   * @throws RowFileException if no row has one of them
   */
  void checkHas(List<String> names) {
    var absent = new TreeSet<>(names);
    absent.removeAll(columns.keySet());
    if (!absent.isEmpty()) {
      throw new RowFileException(
          "no row has the column %s; the rows have %s"
              .formatted(String.join(", ", absent), String.join(", ", columns.keySet())));
    }
  }

  private RowSchema plus(String name, Schema type) {
    if (columns.containsKey(name)) {
      throw new RowFileException(
          "the rows have a column %s, which is written by this command: rename it%s"
              .formatted(
                  name,
                  name.equals(FileDeduplication.ID) && isText(name)
                      ? ", or keep it as the rows' id with --id " + name
                      : ""));
    }
    var all = new LinkedHashMap<>(columns);
    all.put(name, type);
    return new RowSchema(all);
  }

  Schema avro() {
    List<Schema.Field> fields = new ArrayList<>();
    columns.forEach(
        (name, type) -> {
          boolean nullable = type.isNullable();
          Schema all = nullable ? type : Schema.createUnion(Schema.create(Schema.Type.NULL), type);
          boolean nullFirst =
              all.getType() == Schema.Type.NULL
                  || all.getTypes().get(0).getType() == Schema.Type.NULL;
          fields.add(
              nullFirst
                  ? new Schema.Field(written(name), all, null, JsonProperties.NULL_VALUE)
                  : new Schema.Field(written(name), all));
        });
    checkNames();
    return Schema.createRecord("Row", null, "org.seedwright", false, fields);
  }

  /** A name as Parquet and its readers take it: letters, digits and underscores. */
  private static String written(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }

  private void checkNames() {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String name : columns.keySet()) {
      String before = seen.put(written(name), name);
      if (before != null) {
        throw new RowFileException(
            "the columns '%s' and '%s' would both be written as %s: rename one"
                .formatted(before, name, written(name)));
      }
    }
  }

  /** A row as it is written, with values for columns that it has not. */
  GenericRecord record(Schema avro, Map<String, Object> values, Map<String, Object> more) {
    var written = new GenericData.Record(avro);
    columns.forEach(
        (name, type) -> {
          Object value = more.containsKey(name) ? more.get(name) : values.get(name);
          written.put(written(name), fitted(type, Optional.ofNullable(value)).orElse(null));
        });
    return written;
  }

  private static Optional<Object> fitted(Schema type, Optional<Object> value) {
    return value.map(
        held -> {
          if (type.getType() == Schema.Type.DOUBLE && held instanceof Long whole) {
            return (Object) whole.doubleValue();
          }
          if (held instanceof Row.JsonText text) {
            return text.json();
          }
          if (type.getObjectProp(JsonColumns.AS_JSON) != null) {
            return JsonColumns.json(held);
          }
          return held;
        });
  }
}
