package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.table.NewFile;
import org.seedwright.pipelines.workspace.RecordedGrid;
import org.seedwright.pipelines.workspace.RecordedRun;

/**
 * What is written down of a run before it begins: {@code run.json}, and {@code cells.json} of an
 * ablation.
 */
record RunRecord(WorkspaceFiles files, String run) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the record of one experiment. */
  void write(GridPlan.CellPlan plan) throws IOException {
    Experiment experiment = plan.cell().experiment();
    var stages = new ArrayList<Map<String, Object>>();
    for (PlannedStage stage : plan.plan().stages()) {
      // A map of our own order: that of Map.of changes from one process to the next.
      var named = new LinkedHashMap<String, Object>();
      named.put("name", stage.stage().name());
      named.put("fingerprint", stage.fingerprint());
      stages.add(named);
    }
    var record = new LinkedHashMap<String, Object>();
    record.put("format", RecordedRun.FORMAT);
    record.put("run", run);
    record.put("given", given(experiment));
    record.put("resolved", experiment.resolved());
    record.put("stages", stages);
    write(RecordedRun.FILE, record);
  }

  /** Writes which runs are the cells of an ablation. */
  static void writeGrid(WorkspaceFiles files, String run, ExperimentGrid grid) throws IOException {
    var record = new LinkedHashMap<String, Object>();
    record.put("format", RecordedGrid.FORMAT);
    record.put("name", run);
    record.put("given", given(grid.first()));
    record.put("cells", grid.cells().stream().map(Cells::json).toList());
    new RunRecord(files, run).write(RecordedGrid.FILE, record);
  }

  private static String given(Experiment experiment) throws IOException {
    return Files.readString(experiment.file(), StandardCharsets.UTF_8);
  }

  private void write(String file, Map<String, Object> record) throws IOException {
    Path folder = files.run(run);
    Files.createDirectories(folder);
    Path hidden = folder.resolve("." + file);
    try {
      Files.writeString(
          hidden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
    } catch (IOException e) {
      throw NewFile.named(hidden.toString(), e);
    }
    Files.move(
        hidden,
        folder.resolve(file),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
