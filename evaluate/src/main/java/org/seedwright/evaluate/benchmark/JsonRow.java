package org.seedwright.evaluate.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One JSON object of a file. A key that is missing or of another type is an error that names file,
 * line and key; null counts as missing.
 *
 * @param line from 1; in a JSON array the element
 */
record JsonRow(Path file, int line, JsonNode object) {
  String text(String key) {
    return optionalText(key).orElseThrow(() -> wrong(key, "is missing"));
  }

  Optional<String> optionalText(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongType(key, "a string", value);
              }
              return value.textValue();
            });
  }

  int number(String key) {
    JsonNode value = value(key).orElseThrow(() -> wrong(key, "is missing"));
    if (!value.isInt()) {
      throw wrongType(key, "a whole number", value);
    }
    return value.intValue();
  }

  List<String> texts(String key) {
    JsonNode value = value(key).orElseThrow(() -> wrong(key, "is missing"));
    if (!value.isArray()) {
      throw wrongType(key, "an array of strings", value);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw wrongType(key, "an array of strings", element);
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  JsonRow within(String key) {
    JsonNode value = value(key).orElseThrow(() -> wrong(key, "is missing"));
    if (!value.isObject()) {
      throw wrongType(key, "an object", value);
    }
    return new JsonRow(file, line, value);
  }

  BenchmarkFileException wrong(String key, String what) {
    return BenchmarkFileException.inKey(file, line, key, what);
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(object.get(key)).filter(value -> !value.isNull());
  }

  private BenchmarkFileException wrongType(String key, String expected, JsonNode actual) {
    return wrong(
        key,
        "must be %s, but holds a value of type %s"
            .formatted(expected, actual.getNodeType().name().toLowerCase(Locale.ROOT)));
  }
}
