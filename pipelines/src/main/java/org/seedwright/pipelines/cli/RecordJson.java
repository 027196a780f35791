package org.seedwright.pipelines.cli;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Records as JSON objects for {@code --json}: keys are the components' names in their order, an
 * enum is its constant in kebab-case, an absent value leaves its key out.
 */
final class RecordJson {
  private RecordJson() {}

  static Map<String, Object> of(Record value) {
    var object = new LinkedHashMap<String, Object>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object held = held(value, component);
      if (held instanceof Optional<?> optional) {
        optional.ifPresent(present -> object.put(component.getName(), plain(present)));
      } else {
        object.put(component.getName(), plain(held));
      }
    }
    return object;
  }

  private static Object held(Record value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has its accessors", e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Record row) {
      return of(row);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RecordJson::plain).toList();
    }
    if (value instanceof Enum<?> constant) {
      return CanonicalJson.kebabCase(constant);
    }
    return value;
  }
}
