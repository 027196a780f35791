package org.seedwright.pipelines.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * The plans of all cells of an experiment file. Cells whose stages have one fingerprint share them:
 * such a stage is computed once, for the first of them.
 *
 * @param cells in the order of the grid, at least one
 */
public record GridPlan(List<CellPlan> cells) {
  public GridPlan {
    cells = List.copyOf(cells);
  }

  /** The plan of one cell. */
  public record CellPlan(ExperimentCell cell, ExperimentPlan plan) {}

  /**
   * A stage and the cells that read it.
   *
   * @param stage as the first of the cells has it
   * @param cells their names, in the order of the grid
   */
  public record SharedStage(PlannedStage stage, List<String> cells) {
    public SharedStage {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Plans every cell as {@link ExperimentPlan#of} does.
   *
   * @throws org.seedwright.evaluate.benchmark.BenchmarkAbsentException if a benchmark is not there
   * @throws org.seedwright.pipelines.corpus.CorpusException if a source is not as declared
   */
  public static GridPlan of(
      ExperimentGrid grid, Workspace workspace, Path digests, Optional<Path> data)
      throws IOException {
    List<ExperimentPlan> plans = ExperimentPlan.of(grid.cells(), workspace, digests, data);
    var cells = new ArrayList<CellPlan>();
    for (int i = 0; i < plans.size(); i++) {
      cells.add(new CellPlan(grid.cells().get(i), plans.get(i)));
    }
    return new GridPlan(cells);
  }

  /** Returns whether there is nothing to compute. */
  public boolean isFinished() {
    return cells.stream()
        .flatMap(cell -> cell.plan().stages().stream())
        .allMatch(stage -> stage.finished().isPresent());
  }

  /** Returns each stage once, in the order in which they are come to. */
  public List<SharedStage> stages() {
    var stages = new LinkedHashMap<String, PlannedStage>();
    Map<String, List<String>> users = new LinkedHashMap<>();
    for (CellPlan cell : cells) {
      for (PlannedStage stage : cell.plan().stages()) {
        stages.putIfAbsent(stage.fingerprint(), stage);
        users
            .computeIfAbsent(stage.fingerprint(), key -> new ArrayList<>())
            .add(cell.cell().name());
      }
    }
    return stages.values().stream()
        .map(stage -> new SharedStage(stage, users.get(stage.fingerprint())))
        .toList();
  }
}
