package org.seedwright.pipelines.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seedwright.pipelines.batch.BatchImport;
import org.seedwright.pipelines.batch.BatchImport.Imported;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.TeacherFactory;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.Price;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch import}: the replies of a batch service into the store. */
@Command(
    name = "import",
    description = {
      "Stores the replies in files of a batch service, its files of errors included: plain or gzip,"
          + " in any order, in parts, as often as one likes.",
      "Lines of other requests are counted and left out; a failed request can be exported again.",
      "Exit 2 where lines cannot be read or none belongs here; all good lines are stored then too."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright batch import my.yaml replies.jsonl errors.jsonl",
      "  ./seedwright batch import my.yaml replies.jsonl.gz --foreign others.jsonl"
    })
final class BatchImportCommand implements Callable<Integer> {
  private static final int SHOWN = 20;
  private static final int FAILURES_SHOWN = 3;

  @Parameters(index = "0", paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experimentFile;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "What the service wrote; .gz is understood.")
  private List<Path> inputs;

  @Option(
      names = "--foreign",
      paramLabel = "FILE",
      description = "Where lines of other requests are kept; begun anew. Default: only counted.")
  private Path foreignFile;

  @Mixin private StoreOption storeOption;

  @Mixin private WorkspaceOption workspace;
  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspace.open();
    StorePlace place = storeOption.of(files);
    if (!place.exists()) {
      throw new WrongInputException(
          "there is no response store at %s: export requests first".formatted(place.shown()));
    }
    for (Path input : inputs) {
      if (!Files.exists(input) || Files.isDirectory(input)) {
        throw new WrongInputException("%s is not a file".formatted(input));
      }
    }
    Imported imported;
    try (var store = place.open(grid.first().name())) {
      imported = foreignFile == null ? read(grid, store, line -> {}) : keeping(grid, store);
    }
    return told(imported, new BatchCommands(experimentFile, files, storeOption.given()));
  }

  private Imported keeping(ExperimentGrid grid, ResponseStore store)
      throws IOException, InterruptedException {
    Path kept = foreignFile.toAbsolutePath();
    Path hidden = kept.resolveSibling("." + kept.getFileName());
    Imported imported;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(hidden))) {
      imported =
          read(
              grid,
              store,
              line -> {
                out.write(line);
                out.write('\n');
              });
    }
    Files.move(hidden, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return imported;
  }

  private Imported read(ExperimentGrid grid, ResponseStore store, BatchImport.Foreign foreign)
      throws IOException, InterruptedException {
    try (var batch = new BatchImport(store, model -> price(grid, model), foreign)) {
      for (Path input : inputs) {
        batch.read(input);
      }
      return batch.imported();
    }
  }

  private static Optional<Price> price(ExperimentGrid grid, String model) {
    for (ExperimentCell cell : grid.cells()) {
      for (TeacherRole role : TeacherRole.values()) {
        TeacherConfig teacher = cell.experiment().teacher(role);
        if (teacher.model().equals(model)) {
          return Optional.of(TeacherFactory.terms(teacher).price());
        }
      }
    }
    return Optional.empty();
  }

  private int told(Imported imported, BatchCommands commands) throws IOException {
    List<String> problems = problems(imported);
    var object = new LinkedHashMap<String, Object>();
    object.put("stored", imported.stored());
    object.put("alreadyThere", imported.alreadyThere());
    object.put("failed", new TreeMap<>(imported.failed()));
    object.put("foreign", imported.foreign());
    object.put("malformed", imported.malformed());
    if (!problems.isEmpty()) {
      object.put("error", error(imported, problems));
    }
    output.object(object);
    output.text(
        String.format(
            Locale.ROOT,
            "%,d stored, %,d already there, %,d failed, %,d foreign, %,d malformed",
            imported.stored(),
            imported.alreadyThere(),
            imported.failedInAll(),
            imported.foreign(),
            imported.malformed()));
    if (imported.failedInAll() > 0) {
      output.text("failed, to be exported again: " + kinds(imported));
      imported.failures().stream()
          .limit(FAILURES_SHOWN)
          .forEach(failure -> output.text("  " + TerminalText.line(failure)));
    }
    problems.forEach(output::progress);
    if (problems.isEmpty()) {
      output.text("next:\n  " + commands.run());
    }
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_INPUT;
  }

  private static String kinds(Imported imported) {
    return new TreeMap<>(imported.failed())
        .entrySet().stream()
            .map(kind -> kind.getKey() + " " + kind.getValue())
            .collect(Collectors.joining(", "));
  }

  private static List<String> problems(Imported imported) {
    var lines = new ArrayList<String>();
    imported.flaws().stream()
        .limit(SHOWN)
        .forEach(
            flaw ->
                lines.add(
                    "%s:%d: %s"
                        .formatted(flaw.file(), flaw.line(), TerminalText.line(flaw.message()))));
    if (imported.malformed() > lines.size()) {
      lines.add("… and %d more".formatted(imported.malformed() - lines.size()));
    }
    if (imported.onlyForeign()) {
      lines.add(
          "none of the %d lines belongs to a request that this experiment exported from this store"
              .formatted(imported.foreign()));
    }
    return lines;
  }

  /** The same shape as of every failure, beside the counts: the good lines were stored. */
  private static Map<String, Object> error(Imported imported, List<String> problems) {
    var places = new ArrayList<Map<String, Object>>();
    for (BatchImport.Flaw flaw : imported.flaws()) {
      var place = new LinkedHashMap<String, Object>();
      place.put("file", flaw.file().toString());
      place.put("line", flaw.line());
      place.put("key", "");
      place.put("value", "");
      place.put("range", "");
      place.put("message", flaw.message());
      places.add(place);
    }
    var error = new LinkedHashMap<String, Object>();
    error.put("kind", "batch");
    error.put("message", String.join("\n", problems));
    error.put("problems", places);
    return error;
  }
}
