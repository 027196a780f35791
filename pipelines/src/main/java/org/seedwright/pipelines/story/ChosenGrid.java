package org.seedwright.pipelines.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seedwright.pipelines.workspace.RecordedGrid;
import org.seedwright.pipelines.workspace.RecordedRun;
import org.seedwright.pipelines.workspace.WorkspaceContents;

/**
 * An ablation that somebody asked for: the runs that are its cells.
 *
 * @param folder where its {@code cells.json} is
 * @param name name of the experiment
 * @param cells the runs by the names of their cells, in the grid's order
 */
public record ChosenGrid(Path folder, String name, Map<String, ChosenRun> cells) {
  public ChosenGrid {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
  }

  /**
   * Finds an ablation, and nothing where a name is that of a run. Where it is both, what was begun
   * last is meant: the file had {@code ablate}, or had it no more.
   *
   * @param workspace where a name is looked for
   * @param name of the experiment, or, with a slash, the folder {@code runs/NAME} in any workspace
   * @throws UnusableRunException if a cell is no run that this build can read
   */
  public static Optional<ChosenGrid> find(Path workspace, String name) throws IOException {
    Path folder = ChosenRun.place(workspace, name);
    Path file = folder.resolve(RecordedGrid.FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Path run = folder.resolve(RecordedRun.FILE);
    if (Files.isRegularFile(run)
        && Files.getLastModifiedTime(run).compareTo(Files.getLastModifiedTime(file)) > 0) {
      return Optional.empty();
    }
    RecordedGrid grid = RecordedGrid.read(file);
    WorkspaceContents contents = WorkspaceContents.of(folder.getParent().getParent());
    var cells = new LinkedHashMap<String, ChosenRun>();
    for (Map.Entry<String, String> cell : grid.runs().entrySet()) {
      cells.put(cell.getKey(), ChosenRun.of(folder.resolveSibling(cell.getValue()), contents));
    }
    return Optional.of(new ChosenGrid(folder, grid.name(), cells));
  }
}
