package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A key that a section was asked for, before it is said what it holds.
 *
 * @param property the key's part of the JSON Schema, to be added to
 */
record Key(Section section, String name, ObjectNode property) {

  /** Reads the value; a value that is not of the kind has added its problems already. */
  <T> Value<T> is(Kind<T> kind) {
    property.setAll(kind.schema());
    Optional<T> read =
        section.field(name).flatMap(field -> kind.read(field.value(), field.place()));
    return new Value<>(this, kind, read);
  }
}
