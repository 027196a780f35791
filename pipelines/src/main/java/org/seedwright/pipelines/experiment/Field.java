package org.seedwright.pipelines.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * One key of a mapping with its value.
 *
 * @param place the place of the key
 */
record Field(String name, Place place, Node keyNode, Node value) {

  /**
   * Returns the keys of a mapping in file order; a key given twice is a problem, and the first one
   * counts.
   */
  static Map<String, Field> of(MappingNode mapping, Place place) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        place
            .value(tuple.getKeyNode())
            .refuse(Shown.value(tuple.getKeyNode()), "text", "has a key that is not text");
        continue;
      }
      Place here = place.key(key.getValue(), key);
      Field first =
          fields.putIfAbsent(
              key.getValue(), new Field(key.getValue(), here, key, tuple.getValueNode()));
      if (first != null) {
        here.refuse(
            Shown.value(key.getValue(), tuple.getValueNode()),
            "given once",
            "is given twice, first in line %d".formatted(first.place().line()));
      }
    }
    return fields;
  }
}
