package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a key can hold: in words, as JSON Schema and as code.
 *
 * @param range the valid values in words, such as {@code 0 to 10}
 * @param placeholder a valid value that stands in for a refused or missing one
 */
record Kind<T>(String range, ObjectNode schema, Supplier<T> placeholder, Reading<T> reading) {

  /** Reads a node, or adds what is wrong with it to the problems and returns nothing. */
  @FunctionalInterface
  interface Reading<T> {
    Optional<T> read(Node node, Place place);
  }

  Optional<T> read(Node node, Place place) {
    return reading.read(node, place);
  }

  <R> Kind<R> as(Function<T, R> meaning) {
    return new Kind<>(
        range,
        schema,
        () -> meaning.apply(placeholder.get()),
        (node, place) -> reading.read(node, place).map(meaning));
  }

  /** Returns the same kind whose range reads otherwise. */
  Kind<T> called(String words) {
    return new Kind<>(words, schema, placeholder, reading);
  }
}
