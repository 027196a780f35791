package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One experiment of those that a file asks for.
 *
 * @param name tells what differs, such as {@code rounds-3}; empty where the file asks for one
 *     experiment only
 * @param values what differs from cell to cell, by the paths of the keys, in the file's order
 * @param experiment the file with these values, and no cell any more
 */
public record ExperimentCell(String name, Map<String, Object> values, Experiment experiment) {
  public ExperimentCell {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    requireNonNull(experiment, "experiment is null");
  }

  /**
   * Returns the name under which this cell's run is kept: that of the experiment, and after a dot
   * that of the cell.
   */
  public String run() {
    return name.isEmpty() ? experiment.name() : experiment.name() + "." + name;
  }
}
