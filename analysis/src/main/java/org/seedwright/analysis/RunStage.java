package org.seedwright.analysis;

import java.nio.file.Path;
import java.util.List;

/**
 * A finished stage of a run, to be read.
 *
 * @param name of the stage
 * @param manifest its manifest, as JSON
 * @param rows parts of its main table that hold rows; may be none
 * @param rejected parts of its rejected units that hold rows; may be none
 */
public record RunStage(String name, String manifest, List<Path> rows, List<Path> rejected) {
  public RunStage {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
  }
}
