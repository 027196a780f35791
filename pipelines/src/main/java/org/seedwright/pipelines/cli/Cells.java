package org.seedwright.pipelines.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.pipelines.experiment.ExperimentCell;

/** Cells of an ablation, for people and as JSON. */
final class Cells {
  private static final int MOST_NAMES = 4;

  private Cells() {}

  /** Says which cells share something, of so many in all. */
  static String said(List<String> cells, int all) {
    return cells.size() == all
        ? "all " + all
        : cells.size() <= MOST_NAMES
            ? String.join(", ", cells)
            : "%d of %d, from %s to %s"
                .formatted(cells.size(), all, cells.get(0), cells.get(cells.size() - 1));
  }

  /** Returns an object for {@code --json}. */
  static Map<String, Object> json(ExperimentCell cell) {
    var object = new LinkedHashMap<String, Object>();
    object.put("name", cell.name());
    object.put("run", cell.run());
    object.put("values", cell.values());
    return object;
  }
}
