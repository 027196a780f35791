package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One experiment of those that a file asks for.
 *
 * @param name tells what differs, such as {@code rounds-3}; empty where the file asks for one
 *     experiment only
 * @param values what differs from cell to cell, by the paths of the keys, in the file's order
 * @param experiment the file with these values, and no cell any more
 * @param subset what of its data set this cell keeps, where it is not all
 */
public record ExperimentCell(
    String name, Map<String, Object> values, Experiment experiment, Optional<SubsetConfig> subset) {
  public ExperimentCell {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    requireNonNull(experiment, "experiment is null");
    requireNonNull(subset, "subset is null");
  }

  /** A cell with its whole data set. */
  public ExperimentCell(String name, Map<String, Object> values, Experiment experiment) {
    this(name, values, experiment, Optional.empty());
  }

  /** Returns the cell that keeps a part of this one's data set. */
  ExperimentCell part(SubsetConfig part) {
    var more = new LinkedHashMap<>(values);
    more.put(SubsetConfig.KEY, part.values());
    return new ExperimentCell(
        name.isEmpty() ? part.name() : name + "_" + part.name(),
        more,
        experiment,
        Optional.of(part));
  }

  /**
   * Returns the name under which this cell's run is kept: that of the experiment, and after a dot
   * that of the cell.
   */
  public String run() {
    return name.isEmpty() ? experiment.name() : experiment.name() + "." + name;
  }
}
