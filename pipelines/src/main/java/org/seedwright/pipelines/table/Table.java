package org.seedwright.pipelines.table;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
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
 * else is refused when the table is made. The first component must be {@code String id}. Text is
 * stored as UTF-8: half a surrogate pair, which UTF-8 does not have, becomes U+FFFD.
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
    if (columns.list().isEmpty()
        || !columns.list().get(0).name().equals("id")
        || columns.list().get(0).type() != String.class) {
      throw new IllegalArgumentException(
          "the first component of %s must be String id".formatted(type.getName()));
    }
    this.schema = TableSchema.of(type);
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

  /** Returns the row as it is read back once it was written. */
  T stored(T row) {
    return fromAvro(toAvro(row));
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
    if (value instanceof String text) {
      return wellFormed(text);
    }
    return value instanceof Record ? record(schema, value) : value;
  }

  private static String wellFormed(String text) {
    if (text.codePoints().noneMatch(Table::isHalf)) {
      return text;
    }
    var whole = new StringBuilder(text.length());
    text.codePoints().forEach(c -> whole.appendCodePoint(isHalf(c) ? 0xfffd : c));
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Object row(Class<?> type, GenericRecord avro) {
    Columns columns = Columns.of(type);
    Object[] values = new Object[columns.list().size()];
    for (int i = 0; i < values.length; i++) {
      Columns.Column column = columns.list().get(i);
      // A column that came to be later is absent in an older file; only optional ones may be.
      boolean there = avro.hasField(column.name());
      if (!there && column.type() instanceof Class<?>) {
        throw new IllegalArgumentException("there is no column '%s'".formatted(column.name()));
      }
      Object value = there ? avro.get(column.name()) : null;
      values[i] = fromAvro(column.type(), value);
    }
    return columns.newRow(values);
  }

  private static Object fromAvro(Type type, Object value) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return Optional.ofNullable(value).map(present -> fromAvro(inner, present));
      }
      // A list that came to be later is empty in an older file.
      if (value == null) {
        return List.of();
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
