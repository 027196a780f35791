package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values of an experiment as JSON, words by their id, in the order given. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode of(Object value) {
    return MAPPER.valueToTree(plain(value));
  }

  /**
   * Returns the value as strings, numbers, booleans, lists and maps; keys with an empty Optional
   * are left out.
   */
  static Object plain(Object value) {
    if (value instanceof Word word) {
      return word.id();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> {
            if (!item.equals(Optional.empty())) {
              plain.put(String.valueOf(plain(key)), plain(item));
            }
          });
      return plain;
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().map(Json::plain).toList();
    }
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElseThrow());
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return value;
    }
    return value.toString();
  }

  /**
   * Returns indented JSON with {@code \n} line ends and one at the end, the same on every system.
   */
  static String text(Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values could not be written as JSON", e);
    }
  }
}
