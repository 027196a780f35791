package org.seedwright.pipelines.experiment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A node as strings, numbers, booleans, lists and maps; an empty value is the text {@code null}.
 */
final class PlainNode {
  /** Aliases can make much, or without end, of little. */
  private static final int MOST_DEPTH = 20;

  private static final int MOST_NODES = 10_000;

  private int nodes;

  private PlainNode() {}

  /** Returns the value, or nothing if it is deeper or larger than any value of a key. */
  static Optional<Object> of(Node node) {
    return new PlainNode().plain(node, 0);
  }

  private Optional<Object> plain(Node node, int depth) {
    nodes++;
    if (depth > MOST_DEPTH || nodes > MOST_NODES) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar(scalar));
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        Optional<Object> plain = plain(item, depth + 1);
        if (plain.isEmpty()) {
          return Optional.empty();
        }
        list.add(plain.get());
      }
      return Optional.of(List.copyOf(list));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      Optional<Object> plain = plain(tuple.getValueNode(), depth + 1);
      if (plain.isEmpty() || !(tuple.getKeyNode() instanceof ScalarNode key)) {
        return Optional.empty();
      }
      map.put(key.getValue(), plain.get());
    }
    return Optional.of(map);
  }

  private static Object scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    try {
      if (node.getTag().equals(Tag.INT)) {
        return new BigInteger(text);
      }
      if (node.getTag().equals(Tag.FLOAT)) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      // An explicit tag can call a number what is none; whoever binds the value refuses it.
      return text;
    }
    return node.getTag().equals(Tag.NULL) ? "null" : text;
  }
}
