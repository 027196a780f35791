package org.seedwright.pipelines.table;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes the Avro schema of a record class, and refuses what a Parquet file cannot hold. */
final class TableSchema {
  private final Class<?> root;
  // A name stands for one schema in an Avro file; empty while its record is being read.
  private final Map<String, Optional<Schema>> records = new HashMap<>();

  private TableSchema(Class<?> root) {
    this.root = root;
  }

  static Schema of(Class<?> type) {
    return new TableSchema(type).record(type);
  }

  private Schema record(Class<?> type) {
    String name = type.getSimpleName();
    Optional<Schema> before = records.put(name, Optional.empty());
    var fields = new LinkedHashMap<String, Schema.Field>();
    for (Columns.Column column : Columns.of(type).list()) {
      Schema schema = column(type, column.component(), column.type());
      var field =
          schema.isUnion()
              ? new Schema.Field(column.name(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(column.name(), schema);
      if (fields.put(column.name(), field) != null) {
        throw new IllegalArgumentException(
            "%s.%s: there is a column %s already"
                .formatted(name, column.component(), column.name()));
      }
    }
    Schema schema =
        Schema.createRecord(name, null, "seedwright", false, List.copyOf(fields.values()));
    if (before != null && !before.equals(Optional.of(schema))) {
      throw new IllegalArgumentException(
          "%s: two different records are called %s".formatted(root.getSimpleName(), name));
    }
    records.put(name, Optional.of(schema));
    return schema;
  }

  private Schema column(Class<?> owner, String component, Type type) {
    if (type instanceof ParameterizedType generic) {
      Schema inner = column(owner, component, generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == Optional.class && !inner.isUnion()) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), inner);
      }
      if (generic.getRawType() == List.class) {
        return Schema.createArray(inner);
      }
    }
    if (type instanceof Class<?> raw) {
      if (raw.isRecord()) {
        return nested(owner, component, raw);
      }
      if (raw == String.class || raw.isEnum()) {
        return Schema.create(Schema.Type.STRING);
      }
      if (raw == int.class || raw == Integer.class) {
        return Schema.create(Schema.Type.INT);
      }
      if (raw == long.class || raw == Long.class) {
        return Schema.create(Schema.Type.LONG);
      }
      if (raw == double.class || raw == Double.class) {
        return Schema.create(Schema.Type.DOUBLE);
      }
      if (raw == boolean.class || raw == Boolean.class) {
        return Schema.create(Schema.Type.BOOLEAN);
      }
    }
    throw new IllegalArgumentException(
        "%s.%s: %s cannot be a column; a component is String, int, long, double, boolean, enum, Optional, List or a record of these"
            .formatted(owner.getSimpleName(), component, type.getTypeName()));
  }

  private Schema nested(Class<?> owner, String component, Class<?> type) {
    if (Optional.<Schema>empty().equals(records.get(type.getSimpleName()))) {
      throw new IllegalArgumentException(
          "%s.%s: a record cannot be inside itself".formatted(owner.getSimpleName(), component));
    }
    return record(type);
  }
}
