package org.seedwright.pipelines.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Reads requests and replies back from their canonical JSON, strictly: an unknown, missing or
 * repeated key, a wrong type or a value out of range is refused with its path.
 */
final class JsonReading {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    // A reply may be longer than Jackson's default bound on a string (20 million characters).
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  /** The JSON is not what it should be; the message names the path and the value. */
  static final class JsonMistake extends Exception {
    JsonMistake(String message) {
      super(message);
    }
  }

  private JsonReading() {}

  static JsonNode object(String text) throws JsonMistake {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || !node.isObject()) {
        throw new JsonMistake("expected a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new JsonMistake("not JSON: " + e.getOriginalMessage());
    }
  }

  static TeacherRequest request(JsonNode node, String path) throws JsonMistake {
    keys(
        node,
        path,
        Set.of("attempt", "decoding", "messages", "model", "responseFormat", "sampleIndex"),
        Set.of());
    var messages = new ArrayList<Message>();
    JsonNode list = node.get("messages");
    if (!list.isArray()) {
      throw new JsonMistake(path + ".messages must be a list");
    }
    for (JsonNode message : list) {
      String at = "%s.messages[%d]".formatted(path, messages.size());
      keys(message, at, Set.of("role", "content"), Set.of());
      messages.add(
          new Message(constant(message, at, "role", Role.class), text(message, at, "content")));
    }
    try {
      return new TeacherRequest(
          text(node, path, "model"),
          messages,
          decoding(node.get("decoding"), path + ".decoding"),
          text(node, path, "responseFormat"),
          integer(node, path, "sampleIndex"),
          integer(node, path, "attempt"));
    } catch (IllegalArgumentException e) {
      throw new JsonMistake(path + ": " + e.getMessage());
    }
  }

  private static Decoding decoding(JsonNode node, String path) throws JsonMistake {
    keys(node, path, Set.of("stop"), Set.of("temperature", "topP", "seed"));
    var stop = new ArrayList<String>();
    if (!node.get("stop").isArray()) {
      throw new JsonMistake(path + ".stop must be a list");
    }
    for (JsonNode element : node.get("stop")) {
      if (!element.isTextual()) {
        throw new JsonMistake(path + ".stop must hold texts, but holds " + element);
      }
      stop.add(element.textValue());
    }
    Optional<Long> seed =
        node.has("seed") ? Optional.of(number(node, path, "seed")) : Optional.empty();
    try {
      return new Decoding(
          decimal(node, path, "temperature"), decimal(node, path, "topP"), seed, stop);
    } catch (IllegalArgumentException e) {
      throw new JsonMistake(path + ": " + e.getMessage());
    }
  }

  /** Reads a reply whose key stands outside, as in a recording. */
  static Reply reply(JsonNode node, String path, String key) throws JsonMistake {
    keys(
        node,
        path,
        Set.of(
            "ending",
            "inputTokens",
            "mark",
            "maxOutputTokens",
            "outputTokens",
            "servedModel",
            "text"),
        Set.of("thinking"));
    return replyOf(node, path, key);
  }

  /** Reads the canonical JSON of a {@link Reply}. */
  static Reply reply(String text) throws JsonMistake {
    JsonNode node = object(text);
    return replyOf(node, "reply", text(node, "reply", "key"));
  }

  private static Reply replyOf(JsonNode node, String path, String key) throws JsonMistake {
    Optional<String> thinking =
        node.has("thinking") ? Optional.of(text(node, path, "thinking")) : Optional.empty();
    try {
      return new Reply(
          key,
          constant(node, path, "ending", Ending.class),
          text(node, path, "text"),
          thinking,
          text(node, path, "servedModel"),
          number(node, path, "inputTokens"),
          number(node, path, "outputTokens"),
          integer(node, path, "maxOutputTokens"),
          constant(node, path, "mark", Mark.class));
    } catch (IllegalArgumentException e) {
      throw new JsonMistake(path + ": " + e.getMessage());
    }
  }

  static void keys(JsonNode node, String path, Set<String> needed, Set<String> allowed)
      throws JsonMistake {
    if (node == null || !node.isObject()) {
      throw new JsonMistake(path + " must be an object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!needed.contains(field.getKey()) && !allowed.contains(field.getKey())) {
        var known = new TreeSet<>(needed);
        known.addAll(allowed);
        throw new JsonMistake(
            "%s.%s is unknown; the keys are %s"
                .formatted(path, field.getKey(), String.join(", ", known)));
      }
    }
    for (String key : new TreeSet<>(needed)) {
      if (!node.has(key)) {
        throw new JsonMistake("%s.%s is missing".formatted(path, key));
      }
    }
  }

  static String text(JsonNode node, String path, String key) throws JsonMistake {
    JsonNode value = node.get(key);
    if (value == null || !value.isTextual()) {
      throw new JsonMistake("%s.%s must be a text, but was %s".formatted(path, key, value));
    }
    return value.textValue();
  }

  private static int integer(JsonNode node, String path, String key) throws JsonMistake {
    JsonNode value = node.get(key);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new JsonMistake("%s.%s must be an integer, but was %s".formatted(path, key, value));
    }
    return value.intValue();
  }

  private static Optional<Double> decimal(JsonNode node, String path, String key)
      throws JsonMistake {
    JsonNode value = node.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw new JsonMistake("%s.%s must be a number, but was %s".formatted(path, key, value));
    }
    return Optional.of(value.doubleValue());
  }

  /** A 64-bit integer: a text in canonical JSON; a plain number is understood as well. */
  private static long number(JsonNode node, String path, String key) throws JsonMistake {
    JsonNode value = node.get(key);
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value != null && value.isTextual()) {
      try {
        return Long.parseLong(value.textValue());
      } catch (NumberFormatException e) {
        // Falls through to the one message below.
      }
    }
    throw new JsonMistake("%s.%s must be an integer, but was %s".formatted(path, key, value));
  }

  private static <E extends Enum<E>> E constant(
      JsonNode node, String path, String key, Class<E> type) throws JsonMistake {
    String value = text(node, path, key);
    for (E constant : type.getEnumConstants()) {
      if (id(constant).equals(value)) {
        return constant;
      }
    }
    throw new JsonMistake(
        "%s.%s must be one of %s, but was '%s'"
            .formatted(
                path,
                key,
                Stream.of(type.getEnumConstants())
                    .map(JsonReading::id)
                    .collect(Collectors.joining(", ")),
                value));
  }

  static String id(Enum<?> constant) {
    return CanonicalJson.kebabCase(constant);
  }
}
