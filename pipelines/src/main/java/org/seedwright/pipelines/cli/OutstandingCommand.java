package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.OutstandingRequests;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.Recording;
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
    Experiment experiment = Experiment.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspace.open();
    ExperimentPlan plan =
        ExperimentPlan.of(experiment, files.workspace(), files.digests(), DataFolder.get());
    List<RequestRow> requests;
    try (var store = Stores.open(files.store(), experiment.name());
        var engine = new LocalEngine(Runtime.getRuntime().availableProcessors())) {
      for (TeacherRole role : TeacherRole.values()) {
        TeacherConfig teacher = experiment.teacher(role);
        if (teacher.recording().isPresent()) {
          Recording.read(teacher.recording().get()).importInto(store);
        }
      }
      requests =
          OutstandingRequests.of(
              plan, store, engine, new RunReport(experiment, experiment.name(), files, output));
    }
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
