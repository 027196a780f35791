package org.seedwright.pipelines.table;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The components of a record class with their accessors, looked up once per class. An accessor
 * rather than a field is read, and a row is made by the canonical constructor, so that a bad row is
 * refused where it is read.
 */
final class Columns {
  /** One component: its Java name, its snake_case column name, its type and its accessor. */
  record Column(String component, String name, Type type, MethodHandle accessor) {
    Object of(Object row) {
      try {
        return (Object) accessor.invokeExact(row);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("component %s cannot be read".formatted(component), e);
      }
    }
  }

  private static final ClassValue<Columns> BY_TYPE =
      new ClassValue<>() {
        @Override
        protected Columns computeValue(Class<?> type) {
          return new Columns(type);
        }
      };

  private static final MethodType OF_ANY = MethodType.methodType(Object.class, Object.class);

  private final List<Column> list;
  private final List<Column> byComponent;
  private final MethodHandle constructor;

  private Columns(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("%s is not a record".formatted(type.getName()));
    }
    try {
      // Rows may be private or nested records of any module of ours.
      var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      var columns = new ArrayList<Column>();
      var types = new ArrayList<Class<?>>();
      for (RecordComponent component : type.getRecordComponents()) {
        types.add(component.getType());
        columns.add(
            new Column(
                component.getName(),
                snakeCase(component.getName()),
                component.getGenericType(),
                lookup.unreflect(component.getAccessor()).asType(OF_ANY)));
      }
      list = List.copyOf(columns);
      byComponent = list.stream().sorted(Comparator.comparing(Column::component)).toList();
      constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("%s cannot be read".formatted(type.getName()), e);
    }
  }

  static Columns of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  List<Column> list() {
    return list;
  }

  /** The columns in the order of their Java names, by UTF-16 code units. */
  List<Column> byComponent() {
    return byComponent;
  }

  Object newRow(Object[] values) {
    try {
      return constructor.invokeWithArguments(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("row cannot be made", e);
    }
  }

  private static String snakeCase(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
