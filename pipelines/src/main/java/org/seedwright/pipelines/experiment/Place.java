package org.seedwright.pipelines.experiment;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where in the file something is.
 *
 * @param path the path of the key, empty for the whole file
 * @param line the line, from 1
 */
record Place(Binding binding, String path, int line) {

  /** Returns the place of a key of the mapping that is here. */
  Place key(String name, Node keyNode) {
    String shown = Shown.text(name);
    return new Place(binding, path.isEmpty() ? shown : path + "." + shown, lineOf(keyNode));
  }

  /** Returns the place of an item, counted from 0, of the list that is here. */
  Place item(int index, Node item) {
    return new Place(binding, "%s[%d]".formatted(path, index), lineOf(item));
  }

  /** Returns the place of the value of the key that is here. */
  Place value(Node value) {
    return new Place(binding, path, lineOf(value));
  }

  Place muted() {
    return new Place(binding.muted(), path, line);
  }

  /** Adds a problem here; the returned value is always empty, so that a reading can end with it. */
  <T> Optional<T> refuse(String value, String range, String message) {
    binding.problems().add(new Problem(binding.label(), line, path, value, range, message));
    return Optional.empty();
  }

  // An alias stands for a node further up in the file; its mistake is shown where the alias is
  // used.
  private int lineOf(Node node) {
    return Math.max(line, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
