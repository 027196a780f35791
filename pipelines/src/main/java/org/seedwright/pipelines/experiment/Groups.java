package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Kinds of values that hold others: lists, mappings with free keys, mappings that a record binds.
 */
final class Groups {

  private Groups() {}

  /** A list of at least {@code least} items, none of them twice. */
  static <T> Kind<List<T>> list(Kind<T> item, int least) {
    String range =
        (least == 0 ? "a list, each item " : "a list of at least %d, each item ".formatted(least))
            + item.range();
    ObjectNode schema = Kinds.type("array");
    schema.set("items", item.schema());
    schema.put("minItems", least).put("uniqueItems", true);
    return new Kind<>(
        range,
        schema,
        () -> least == 0 ? List.of() : List.of(item.placeholder().get()),
        (node, place) -> {
          if (!(node instanceof SequenceNode sequence)) {
            return Kinds.refuse(node, place, range, "is not a list (valid: %s)".formatted(range));
          }
          if (sequence.getValue().size() < least) {
            return Kinds.refuse(node, place, range, "is too short (valid: %s)".formatted(range));
          }
          return Optional.of(items(item, sequence, place));
        });
  }

  private static <T> List<T> items(Kind<T> item, SequenceNode sequence, Place place) {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node node = sequence.getValue().get(i);
      Place here = place.item(i, node);
      Optional<T> read = item.read(node, here);
      if (read.isPresent() && items.contains(read.get())) {
        Kinds.refuse(node, here, "each item once", "is in the list twice");
      } else {
        read.ifPresent(items::add);
      }
    }
    return List.copyOf(items);
  }

  /** One item, or a list of at least one. */
  static <T> Kind<List<T>> oneOrList(Kind<T> item) {
    return either(item.as(List::of), list(item, 1))
        .called("%s, or a list of such".formatted(item.range()));
  }

  /** One kind where a single value stands, the other where a list or a mapping stands. */
  static <T> Kind<T> either(Kind<T> single, Kind<T> group) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").add(single.schema()).add(group.schema());
    String range = "%s, or %s".formatted(single.range(), group.range());
    return new Kind<>(
        range,
        schema,
        single.placeholder(),
        (node, place) ->
            node instanceof ScalarNode ? single.read(node, place) : group.read(node, place));
  }

  /** A mapping of at least one key, each of a kind itself; the map keeps the order of the file. */
  static <T> Kind<Map<String, T>> mapping(Kind<String> key, Kind<T> value) {
    String range = "a mapping of at least one key, each %s".formatted(key.range());
    ObjectNode schema = Kinds.type("object");
    schema.put("minProperties", 1);
    schema.set("propertyNames", key.schema());
    schema.set("additionalProperties", value.schema());
    return new Kind<>(
        range,
        schema,
        () -> Map.of(key.placeholder().get(), value.placeholder().get()),
        (node, place) -> {
          if (!(node instanceof MappingNode mapping)) {
            return Kinds.refuse(node, place, range, "is not " + range);
          }
          if (mapping.getValue().isEmpty()) {
            return Kinds.refuse(node, place, range, "is empty (valid: %s)".formatted(range));
          }
          return Optional.of(entries(key, value, mapping, place));
        });
  }

  private static <T> Map<String, T> entries(
      Kind<String> key, Kind<T> value, MappingNode mapping, Place place) {
    Map<String, T> entries = new LinkedHashMap<>();
    for (Field field : Field.of(mapping, place).values()) {
      Optional<String> name = key.read(field.keyNode(), field.place());
      Optional<T> read = value.read(field.value(), field.place());
      // A value that was refused still counts as declared, so that naming it is no second problem.
      entries.put(name.orElse(field.name()), read.orElseGet(value.placeholder()));
    }
    return Collections.unmodifiableMap(entries);
  }

  /** A mapping that a record binds. */
  static <T> Kind<T> section(Function<Section, T> binder) {
    // Bound once without a file: what was asked for is the schema.
    Section probe = Section.absent(new Place(Binding.NONE, "", 1));
    T defaults = binder.apply(probe);
    String range = "a mapping of keys";
    return new Kind<>(
        range,
        probe.schema(),
        () -> defaults,
        (node, place) -> {
          if (!(node instanceof MappingNode mapping)) {
            return Kinds.refuse(node, place, range, "is not " + range);
          }
          Section section = Section.of(mapping, place);
          T bound = binder.apply(section);
          section.refuseUnknownKeys();
          return Optional.of(bound);
        });
  }
}
