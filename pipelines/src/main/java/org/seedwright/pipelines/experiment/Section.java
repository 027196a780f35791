package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * One mapping of the experiment file while a feature's record binds it: {@code
 * section.key("rounds", "How many rounds.").is(Kinds.integer(0, 10)).required()}. The first use of
 * a key makes it known; keys that nobody asked for are refused at the end. An absent mapping binds
 * like an empty one. Along the way the section writes down what was asked of it as JSON Schema, so
 * that the schema cannot differ from the code.
 */
final class Section {

  private final Place place;
  private final Map<String, Field> fields;
  private final Map<String, ObjectNode> known = new LinkedHashMap<>();
  private final ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");

  private Section(Place place, Map<String, Field> fields) {
    this.place = place;
    this.fields = fields;
    schema.putObject("properties");
    schema.put("additionalProperties", false);
  }

  static Section of(MappingNode mapping, Place place) {
    return new Section(place, Field.of(mapping, place));
  }

  /**
   * Returns the section of a mapping that is not in the file; what is missing in it goes to
   * nobody's list.
   */
  static Section absent(Place place) {
    return new Section(place.muted(), Map.of());
  }

  /**
   * Asks for a key.
   *
   * @param description one sentence for the reader of the schema
   */
  Key key(String name, String description) {
    if (known.containsKey(name)) {
      throw new IllegalStateException("key %s is bound twice".formatted(name));
    }
    ObjectNode property = ((ObjectNode) schema.get("properties")).putObject(name);
    property.put("description", description);
    known.put(name, property);
    return new Key(this, name, property);
  }

  Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  Place place() {
    return place;
  }

  Vocabulary vocabulary() {
    return place.binding().vocabulary();
  }

  /** Returns what was asked so far as JSON Schema. */
  ObjectNode schema() {
    return schema;
  }

  /** Refuses every key that was not asked for, naming those that were. */
  void refuseUnknownKeys() {
    String list = String.join(", ", known.keySet());
    for (Field field : fields.values()) {
      if (!known.containsKey(field.name())) {
        field
            .place()
            .refuse(
                Shown.value(field.name(), field.value()),
                "one of the keys " + list,
                "is not a key here%s (known keys: %s)"
                    .formatted(Nearest.suggestion(field.name(), known.keySet()), list));
      }
    }
  }
}
