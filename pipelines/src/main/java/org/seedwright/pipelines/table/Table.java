package org.seedwright.pipelines.table;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;

/**
 * A record class as a table: its Avro schema, which is also its Parquet schema and its coder. The
 * schema follows from the components, in their order, in snake_case. Components are String, int,
 * long, double, boolean, enum (stored in kebab-case), Optional, List or a record of these; anything
 * else is refused when the table is made. The first component must be {@code String id}.
 *
 * @param <T> the row
 */
public final class Table<T extends Record> implements Serializable {
  private static final ClassValue<Table<?>> BY_TYPE =
      new ClassValue<>() {
        @Override
        protected Table<?> computeValue(Class<?> type) {
          return new Table<>(type.asSubclass(Record.class));
        }
      };

  private final Class<T> type;
  private final transient Schema schema;
  private final transient Columns columns;

  private Table(Class<T> type) {
    this.type = type;
    this.columns = Columns.of(type);
    this.schema = schemaOf(type);
    Columns.Column first = columns.list().get(0);
    if (!first.name().equals("id") || first.type() != String.class) {
      throw new IllegalArgumentException(
          "the first component of %s must be String id".formatted(type.getName()));
    }
  }

  /** Returns the table of a record class; one instance per class and JVM. */
  @SuppressWarnings("unchecked")
  public static <T extends Record> Table<T> of(Class<T> type) {
    return (Table<T>) BY_TYPE.get(type);
  }

  public Class<T> type() {
    return type;
  }

  public Schema schema() {
    return schema;
  }

  public String id(T row) {
    return (String) columns.list().get(0).of(row);
  }

  /** Returns the coder of the rows; deterministic, so that a row may be a key. */
  public Coder<T> coder() {
    return new RowCoder<>(this);
  }

  GenericRecord toAvro(T row) {
    return record(schema, row);
  }

  T fromAvro(GenericRecord avro) {
    return type.cast(row(type, avro));
  }

  private static GenericRecord record(Schema schema, Object row) {
    var record = new GenericData.Record(schema);
    List<Columns.Column> columns = Columns.of(row.getClass()).list();
    for (int i = 0; i < columns.size(); i++) {
      record.put(i, toAvro(schema.getFields().get(i).schema(), columns.get(i).of(row)));
    }
    return record;
  }

  private static Object toAvro(Schema schema, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(inner -> toAvro(schema.getTypes().get(1), inner)).orElse(null);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(element -> toAvro(schema.getElementType(), element)).toList();
    }
    if (value instanceof Enum<?> constant) {
      return CanonicalJson.kebabCase(constant);
    }
    return value instanceof Record ? record(schema, value) : value;
  }

  private static Object row(Class<?> type, GenericRecord avro) {
    Columns columns = Columns.of(type);
    Object[] values = new Object[columns.list().size()];
    for (int i = 0; i < values.length; i++) {
      Columns.Column column = columns.list().get(i);
      values[i] = fromAvro(column.type(), avro.get(column.name()));
    }
    return columns.newRow(values);
  }

  private static Object fromAvro(Type type, Object value) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return Optional.ofNullable(value).map(present -> fromAvro(inner, present));
      }
      return ((List<?>) value).stream().map(element -> fromAvro(inner, element)).toList();
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return value.toString();
    }
    if (raw.isEnum()) {
      return constant(raw, value.toString());
    }
    return raw.isRecord() ? row(raw, (GenericRecord) value) : value;
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> CanonicalJson.kebabCase((Enum<?>) constant).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no constant %s".formatted(type.getSimpleName(), name)));
  }

  private static Schema schemaOf(Class<?> type) {
    var fields = new ArrayList<Schema.Field>();
    for (Columns.Column column : Columns.of(type).list()) {
      Schema schema = schemaOf(type, column.component(), column.type());
      fields.add(
          schema.isUnion()
              ? new Schema.Field(column.name(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(column.name(), schema));
    }
    return Schema.createRecord(type.getSimpleName(), null, "seedwright", false, fields);
  }

  private static Schema schemaOf(Class<?> owner, String component, Type type) {
    if (type instanceof ParameterizedType generic) {
      Schema inner = schemaOf(owner, component, generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == Optional.class) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), inner);
      }
      if (generic.getRawType() == List.class) {
        return Schema.createArray(inner);
      }
    }
    if (type instanceof Class<?> raw) {
      if (raw.isRecord()) {
        return schemaOf(raw);
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

  private Object writeReplace() {
    return new ByType<>(type);
  }

  /** What travels to a worker: the class alone. */
  private record ByType<T extends Record>(Class<T> type) implements Serializable {
    private Object readResolve() {
      return Table.of(type);
    }
  }
}
