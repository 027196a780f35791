package org.seedwright.evaluate.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
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
public record JsonRow(Path file, int line, JsonNode object) {
  private static final ObjectWriter WRITER =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build())
          .build()
          .writer();

  /** The text under this key. */
  public String text(String key) {
    return optionalText(key).orElseThrow(() -> missing(key, "a string"));
  }

  /** The text under this key, if there is one. */
  public Optional<String> optionalText(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongType(key, "a string", value);
              }
              return value.textValue();
            });
  }

  /** The whole number under this key. */
  public int number(String key) {
    JsonNode value = value(key).orElseThrow(() -> missing(key, "a whole number"));
    if (!value.isInt()) {
      throw wrongType(key, "a whole number", value);
    }
    return value.intValue();
  }

  /** The texts under this key, in their order. */
  public List<String> texts(String key) {
    JsonNode value = value(key).orElseThrow(() -> missing(key, "an array of strings"));
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

  /** The text under this key as a list of one, or its texts; none where the key is missing. */
  public List<String> textOrTexts(String key) {
    if (!has(key)) {
      return List.of();
    }
    return object.get(key).isTextual() ? List.of(text(key)) : texts(key);
  }

  /** The object under this key. */
  public JsonRow within(String key) {
    JsonNode value = value(key).orElseThrow(() -> missing(key, "an object"));
    if (!value.isObject()) {
      throw wrongType(key, "an object", value);
    }
    return new JsonRow(file, line, value);
  }

  /** An error that names this file, line and key. */
  public InputFileException wrong(String key, String what) {
    return InputFileException.inKey(file, line, key, what);
  }

  /** Whether there is a value under this key; null is none. */
  public boolean has(String key) {
    return value(key).isPresent();
  }

  /** Whether there is a number under this key. */
  public boolean isNumber(String key) {
    return value(key).filter(JsonNode::isNumber).isPresent();
  }

  /** The number under this key. */
  public double decimal(String key) {
    JsonNode value = value(key).orElseThrow(() -> missing(key, "a number"));
    if (!value.isNumber()) {
      throw wrongType(key, "a number", value);
    }
    return value.doubleValue();
  }

  /**
   * The array under this key as JSON, numbers with all their digits; {@code Infinity} and {@code
   * NaN} as Python writes them. An empty object counts as an empty array, since that is how MBPP+
   * says that a problem has no inputs.
   */
  public String arrayText(String key) {
    JsonNode value = value(key).orElseThrow(() -> missing(key, "an array"));
    if (value.isObject() && value.isEmpty()) {
      return "[]";
    }
    if (!value.isArray()) {
      throw wrongType(key, "an array", value);
    }
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree that was read can be written", e);
    }
  }

  private Optional<JsonNode> value(String key) {
    return Optional.ofNullable(object.get(key)).filter(value -> !value.isNull());
  }

  private InputFileException missing(String key, String expected) {
    return wrong(key, "is missing").because("", expected);
  }

  private InputFileException wrongType(String key, String expected, JsonNode actual) {
    return wrong(
            key,
            "must be %s, but holds a value of type %s"
                .formatted(expected, actual.getNodeType().name().toLowerCase(Locale.ROOT)))
        .because(actual.toString(), expected);
  }
}
