package org.seedwright.pipelines.cli;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seedwright.pipelines.batch.BatchExport;
import org.seedwright.pipelines.batch.BatchExport.Exported;
import org.seedwright.pipelines.batch.BatchFiles;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.Money;
import org.seedwright.pipelines.run.OutstandingRequests;
import org.seedwright.pipelines.run.TeacherFactory;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.Price;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch export}: the requests of the next paid step, as a file for a batch service. */
@Command(
    name = "export",
    description = {
      "Runs an experiment on its store as far as that goes, and writes the requests of the next step"
          + " that have no reply as an OpenAI batch file, for the teachers with provider: batch.",
      "What is exported is noted in the store and reserved in the budget; the next export leaves it"
          + " out.",
      "Exit 0 where all was written or nothing is outstanding; 3 where the budget left requests out,"
          + " or all were exported before, or other teachers are to be asked first."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright batch export my.yaml --out requests.jsonl",
      "  ./seedwright batch export my.yaml --out lost.jsonl --again"
    })
final class BatchExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experimentFile;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      required = true,
      description =
          "Where the requests go; must not be there. Several files are numbered: FILE-001.jsonl.")
  private Path out;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Requests of one file, 1 to 1000000; default: $${DEFAULT-VALUE}, as OpenAI.",
      defaultValue = "" + BatchFiles.MOST_REQUESTS)
  private int maxRequests;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description =
          "Bytes of one file, 1000 to 100000000000; default: $${DEFAULT-VALUE}, as OpenAI.",
      defaultValue = "" + BatchFiles.MOST_BYTES)
  private long maxBytes;

  @Option(
      names = "--again",
      description =
          "Also write requests that were exported before and have no reply: where a file was lost,"
              + " or an export was cut off.")
  private boolean again;

  @Mixin private StoreOption storeOption;

  @Mixin private WorkspaceOption workspace;
  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    if (maxRequests < 1 || maxRequests > 1_000_000) {
      throw new WrongInputException(
          "--max-requests must be 1 to 1000000, but was %d".formatted(maxRequests));
    }
    if (maxBytes < 1000 || maxBytes > 100_000_000_000L) {
      throw new WrongInputException(
          "--max-bytes must be 1000 to 100000000000, but was %d".formatted(maxBytes));
    }
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    checkThatABatchServiceAnswers(grid);
    WorkspaceFiles files = workspace.open();
    Experiment first = grid.first();
    var commands = new BatchCommands(experimentFile, files, storeOption.given());
    try (var batchFiles = new BatchFiles(out, maxRequests, maxBytes);
        var store = storeOption.of(files).open(first.name(), Money.budget(first))) {
      Map<RequestRow, Experiment> asking = outstanding(grid, files, store);
      List<RequestRow> outstanding = List.copyOf(asking.keySet());
      List<RequestRow> requests =
          outstanding.stream()
              .filter(request -> OutstandingBatch.answers(asking.get(request), request.role()))
              .toList();
      Exported exported =
          BatchExport.write(
              requests,
              store,
              request -> price(asking.get(request), request.role()),
              again,
              batchFiles);
      return told(outstanding, requests, exported, commands);
    } catch (FileAlreadyExistsException e) {
      throw new WrongInputException(
          "--out: %s is there already and may hold requests that were not handed in; give another"
                  .formatted(e.getMessage())
              + " name");
    }
  }

  private void checkThatABatchServiceAnswers(ExperimentGrid grid) {
    for (ExperimentCell cell : grid.cells()) {
      for (TeacherRole role : TeacherRole.values()) {
        if (OutstandingBatch.answers(cell.experiment(), role.id())) {
          return;
        }
      }
    }
    throw new WrongInputException(
        "%s: no teacher has provider: batch, so there is nothing to export"
            .formatted(experimentFile));
  }

  /** Returns what is outstanding in any cell, each request with the first experiment that asks. */
  private Map<RequestRow, Experiment> outstanding(
      ExperimentGrid grid, WorkspaceFiles files, ResponseStore store) throws Exception {
    GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), DataFolder.get());
    var asking = new LinkedHashMap<RequestRow, Experiment>();
    Set<String> keys = new HashSet<>();
    try (var engine = new LocalEngine(Runtime.getRuntime().availableProcessors());
        var report = new RunReport(grid, grid.first().name(), files, output)) {
      for (GridPlan.CellPlan cell : plan.cells()) {
        Experiment experiment = cell.cell().experiment();
        TeacherFactory.importRecordings(experiment, store);
        report.begins(cell.cell());
        for (RequestRow request : OutstandingRequests.of(cell.plan(), store, engine, report)) {
          // Two rows may ask the same; two cells that ask the same are one.
          if (keys.add(request.key() + " " + request.label())) {
            asking.put(request, experiment);
          }
        }
      }
    }
    return asking;
  }

  private static Price price(Experiment experiment, String role) {
    for (TeacherRole one : TeacherRole.values()) {
      if (one.id().equals(role)) {
        return TeacherFactory.terms(experiment.teacher(one)).price();
      }
    }
    throw new IllegalArgumentException("no teacher has the role " + role);
  }

  private int told(
      List<RequestRow> outstanding,
      List<RequestRow> requests,
      Exported exported,
      BatchCommands commands)
      throws Exception {
    Optional<String> step = outstanding.stream().findFirst().map(OutstandingBatch::step);
    var object = new LinkedHashMap<String, Object>();
    object.put("step", step.orElse(""));
    object.put("exported", exported.added());
    object.put("again", exported.repeated());
    object.put("awaited", exported.awaited());
    object.put("overBudget", exported.overBudget());
    object.put("tooLarge", exported.tooLarge());
    object.put("bytes", exported.bytes());
    object.put("files", exported.files().stream().map(Path::toString).toList());
    output.object(object);
    output.text(String.join("\n", lines(step, requests, exported, commands)));
    int written = exported.added() + exported.repeated();
    boolean left =
        exported.overBudget() + exported.tooLarge() > 0 || (written == 0 && step.isPresent());
    return left ? ExitCode.STOPPED : ExitCode.DONE;
  }

  private List<String> lines(
      Optional<String> step, List<RequestRow> requests, Exported exported, BatchCommands commands) {
    if (step.isEmpty()) {
      return List.of("nothing is outstanding: the run came to its end");
    }
    if (requests.isEmpty()) {
      return List.of(
          step.get() + " is to be asked directly, not by batch; next:", "  " + commands.run());
    }
    var lines = new ArrayList<String>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("exported", exported.added());
    counts.put("exported again", exported.repeated());
    counts.put("exported before and awaited (--again writes them again)", exported.awaited());
    counts.put("left out: the budget does not cover their worst case", exported.overBudget());
    counts.put("left out: longer than --max-bytes", exported.tooLarge());
    lines.add(
        "%s: %s"
            .formatted(
                step.get(),
                counts.entrySet().stream()
                    .filter(count -> count.getValue() > 0)
                    .map(count -> count.getValue() + " " + count.getKey())
                    .collect(Collectors.joining(", "))));
    if (!exported.files().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d bytes in %s",
              exported.bytes(),
              exported.files().stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
    lines.add("once the service has replied:");
    lines.add("  " + commands.bring());
    return lines;
  }
}
