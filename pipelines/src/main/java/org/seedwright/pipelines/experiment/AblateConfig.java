package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A grid of cells: every combination of one value of each axis.
 *
 * @param axes in the order of the file, at least one
 */
record AblateConfig(List<Axis> axes) {
  static final String KEY = "ablate";

  /** A grid is looked at by people, and each cell has tables of its own. */
  private static final int MOST_CELLS = 1000;

  private static final String PATH = "[a-z0-9][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*";

  /** Keys of the run as a whole, which all cells share. */
  private static final Set<String> SHARED = Set.of("name", "limits", KEY, SubsetConfig.KEY);

  AblateConfig {
    axes = List.copyOf(axes);
  }

  /**
   * A key of the file and the values that it takes in turn.
   *
   * @param path the key's path, such as {@code evolve.rounds}
   * @param place of the key in the grid
   * @param values at least one, no two equal
   */
  record Axis(String path, Place place, List<Choice> values) {
    Axis {
      values = List.copyOf(values);
    }

    List<String> keys() {
      return List.of(path.split("\\.", -1));
    }

    boolean holds(Axis other) {
      return other.path.startsWith(path + ".");
    }
  }

  /**
   * One value of an axis.
   *
   * @param node as it stands in the file
   * @param plain the same as strings, numbers, booleans, lists and maps
   */
  record Choice(Node node, Object plain) {}

  static Kind<AblateConfig> kind() {
    String range = "a mapping of keys, such as evolve.rounds, to lists of values";
    ObjectNode schema = Kinds.type("object");
    schema.put("minProperties", 1);
    schema.putObject("propertyNames").put("type", "string").put("pattern", "^(" + PATH + ")$");
    ObjectNode values = schema.putObject("additionalProperties");
    values.put("type", "array").put("minItems", 1).put("uniqueItems", true);
    return new Kind<>(
        range,
        schema,
        () -> new AblateConfig(List.of()),
        (node, place) -> {
          if (!(node instanceof MappingNode mapping)) {
            return Kinds.refuse(node, place, range, "is not " + range);
          }
          if (mapping.getValue().isEmpty()) {
            return Kinds.refuse(node, place, range, "is empty (valid: %s)".formatted(range));
          }
          return axes(mapping, place);
        });
  }

  private static Optional<AblateConfig> axes(MappingNode mapping, Place place) {
    int problems = place.binding().problems().size();
    var axes = new ArrayList<Axis>();
    long cells = 1;
    for (Field field : Field.of(mapping, place).values()) {
      var axis = axis(field);
      if (axis.isPresent()) {
        axes.add(axis.get());
        cells = Math.min(Integer.MAX_VALUE, cells * axis.get().values().size());
      }
    }
    for (Axis axis : axes) {
      axes.stream()
          .filter(other -> other.holds(axis))
          .findFirst()
          .ifPresent(
              other ->
                  axis.place()
                      .refuse(
                          "",
                          "a key outside of %s".formatted(other.path()),
                          "lies in %s, which takes other values itself".formatted(other.path())));
    }
    if (cells > MOST_CELLS) {
      return place.refuse(
          Long.toString(cells),
          "at most %d cells".formatted(MOST_CELLS),
          "makes %d cells (valid: at most %d)".formatted(cells, MOST_CELLS));
    }
    return place.binding().problems().size() > problems
        ? Optional.empty()
        : Optional.of(new AblateConfig(axes));
  }

  private static Optional<Axis> axis(Field field) {
    Place place = field.place();
    if (!field.name().matches(PATH)) {
      String range = "the path of a key, such as evolve.rounds";
      return place.refuse(Shown.text(field.name()), range, "is not " + range);
    }
    if (SHARED.contains(field.name().split("\\.", -1)[0])) {
      return place.refuse(
          field.name(), "a key that can differ from cell to cell", "is one for all cells");
    }
    String range = "a list of at least 1 value";
    if (!(field.value() instanceof SequenceNode list) || list.getValue().isEmpty()) {
      return Kinds.refuse(field.value(), place, range, "is not " + range);
    }
    var choices = new ArrayList<Choice>();
    for (int i = 0; i < list.getValue().size(); i++) {
      Node node = list.getValue().get(i);
      Place here = place.item(i, node);
      Optional<Object> plain = PlainNode.of(node);
      if (plain.isEmpty()) {
        return Kinds.refuse(node, here, "a value of the key", "is too large or deep for a value");
      }
      if (choices.stream().anyMatch(choice -> choice.plain().equals(plain.get()))) {
        return Kinds.refuse(node, here, "each value once", "is in the list twice");
      }
      choices.add(new Choice(node, plain.get()));
    }
    return Optional.of(new Axis(field.name(), place, choices));
  }
}
