package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.OutstandingRequests;
import org.seedwright.pipelines.run.TeacherFactory;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.table.CanonicalJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code store outstanding}: what would be asked next, for whoever writes a recording. */
@Command(
    name = "outstanding",
    description = {
      "Runs an experiment on the store and its recordings alone and writes the requests that have"
          + " no reply, one JSON object a line: label, key, request, maxOutputTokens.",
      "Exit 3 where there are such requests, 0 where the run came to its end."
    },
    footer = {"", "Example:", "  ./seedwright store outstanding my.yaml --out outstanding.jsonl"})
final class OutstandingCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experimentFile;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the requests go; begun anew.")
  private Path out;

  @Mixin private WorkspaceOption workspace;
  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspace.open();
    GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), DataFolder.get());
    // Cells that share a step ask the same there.
    var byKey = new LinkedHashMap<String, RequestRow>();
    try (var store = Stores.open(files.store(), grid.first().name());
        var engine = new LocalEngine(Runtime.getRuntime().availableProcessors());
        var report = new RunReport(grid, grid.first().name(), files, output)) {
      for (GridPlan.CellPlan cell : plan.cells()) {
        TeacherFactory.importRecordings(cell.cell().experiment(), store);
        report.begins(cell.cell());
        OutstandingRequests.of(cell.plan(), store, engine, report)
            .forEach(request -> byKey.putIfAbsent(request.key(), request));
      }
    }
    List<RequestRow> requests = List.copyOf(byKey.values());
    var lines = new ArrayList<String>();
    for (RequestRow request : requests) {
      JsonNode asked = JSON.readTree(CanonicalJson.text(request.request()));
      var line = JSON.createObjectNode();
      line.put("label", request.label());
      line.put("key", request.key());
      line.set("request", asked);
      line.put("maxOutputTokens", request.maxOutputTokens());
      lines.add(JSON.writeValueAsString(line));
    }
    Files.write(out, lines, StandardCharsets.UTF_8);
    output.object(Map.of("outstanding", requests.size(), "path", out.toString()));
    output.text("%d requests without a reply, in %s".formatted(requests.size(), out));
    return requests.isEmpty() ? ExitCode.DONE : ExitCode.STOPPED;
  }
}
