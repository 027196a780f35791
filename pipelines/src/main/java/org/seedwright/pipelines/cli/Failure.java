package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.analysis.TableException;
import org.seedwright.evaluate.benchmark.BenchmarkAbsentException;
import org.seedwright.evaluate.benchmark.FetchException;
import org.seedwright.evaluate.oracle.BrokenOracleException;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.samples.SamplesException;
import org.seedwright.evaluate.sandbox.SandboxUnavailableException;
import org.seedwright.evaluate.score.ScoreBlockedException;
import org.seedwright.pipelines.corpus.CorpusException;
import org.seedwright.pipelines.engine.ClusterUnusableException;
import org.seedwright.pipelines.engine.EngineException;
import org.seedwright.pipelines.experiment.ExperimentException;
import org.seedwright.pipelines.experiment.Problem;
import org.seedwright.pipelines.rows.RowFileException;
import org.seedwright.pipelines.stage.EmptyInputException;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.stage.TooManyRejectsException;
import org.seedwright.pipelines.store.Recording;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.story.UnknownIdException;
import org.seedwright.pipelines.story.UnusableRunException;
import org.seedwright.pipelines.workspace.DamagedStageException;
import org.seedwright.pipelines.workspace.WorkspaceBusyException;

/**
 * Why a command did not do what it was asked for: how it ends and what is said of it.
 *
 * @param exitCode see {@link ExitCode}
 * @param kind a stable word for programs
 * @param message for people
 * @param problems places in files, where the input is wrong
 */
record Failure(int exitCode, String kind, String message, List<Problem> problems) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Linux and SQLite say where a disk is full. */
  private static final List<String> FULL =
      List.of("No space left on device", "no space left", "database or disk is full");

  /** A failure of the input. */
  static Failure input(String kind, String message) {
    return new Failure(ExitCode.WRONG_INPUT, kind, message, List.of());
  }

  /** Sorts an exception into what the user, the world or we did wrong. */
  static Failure of(Throwable thrown) {
    Optional<String> full = fullDisk(thrown);
    if (full.isPresent()) {
      return new Failure(
          ExitCode.FAILED,
          "disk-full",
          "%s%nNothing half-written was published and every stored reply is kept: make room and run the same command again."
              .formatted(full.get()),
          List.of());
    }
    if (thrown instanceof EngineException engine && engine.getCause() != null) {
      Failure cause = of(engine.getCause());
      return cause.kind.equals("bug") || cause.kind.equals("io")
          ? new Failure(ExitCode.FAILED, cause.kind, engine.getMessage(), List.of())
          : cause;
    }
    if (thrown instanceof UncheckedIOException unchecked) {
      return of(unchecked.getCause());
    }
    if (thrown instanceof DamagedStageException) {
      return new Failure(ExitCode.FAILED, "damaged", thrown.getMessage(), List.of());
    }
    if (thrown instanceof ExperimentException experiment) {
      return new Failure(
          ExitCode.WRONG_INPUT,
          "experiment",
          ExperimentException.text(experiment.problems()),
          experiment.problems());
    }
    if (thrown instanceof BenchmarkAbsentException) {
      return input("benchmark", thrown.getMessage());
    }
    if (thrown instanceof InputFileException file) {
      return ofBenchmark(file);
    }
    if (thrown instanceof SamplesException samples) {
      return ofSamples(samples);
    }
    if (thrown instanceof SandboxUnavailableException) {
      return new Failure(ExitCode.FAILED, "sandbox", thrown.getMessage(), List.of());
    }
    if (thrown instanceof BrokenOracleException) {
      return new Failure(ExitCode.FAILED, "oracle", thrown.getMessage(), List.of());
    }
    if (thrown instanceof ScoreBlockedException) {
      return new Failure(
          ExitCode.FAILED,
          "score-blocked",
          "%s; what ran is kept: run the same command again".formatted(thrown.getMessage()),
          List.of());
    }
    if (thrown instanceof FetchException) {
      return new Failure(ExitCode.FAILED, "fetch", thrown.getMessage(), List.of());
    }
    if (thrown instanceof CorpusException || thrown instanceof EmptyInputException) {
      return input("source", thrown.getMessage());
    }
    if (thrown instanceof Recording.RecordingException) {
      return input("recording", thrown.getMessage());
    }
    if (thrown instanceof RowFileException) {
      return input("rows", thrown.getMessage());
    }
    if (thrown instanceof UnknownIdException) {
      return input("unknown-id", thrown.getMessage());
    }
    if (thrown instanceof UnusableRunException) {
      return input("run", thrown.getMessage());
    }
    if (thrown instanceof ClusterUnusableException) {
      return input("cluster", thrown.getMessage());
    }
    if (thrown instanceof WrongInputException) {
      return input("usage", thrown.getMessage());
    }
    if (thrown instanceof StageStoppedException) {
      return new Failure(ExitCode.STOPPED, "stopped", thrown.getMessage(), List.of());
    }
    if (thrown instanceof TooManyRejectsException) {
      return new Failure(ExitCode.STOPPED, "too-many-rejects", thrown.getMessage(), List.of());
    }
    if (thrown instanceof StoreException) {
      return new Failure(ExitCode.FAILED, "store", thrown.getMessage(), List.of());
    }
    if (thrown instanceof WorkspaceBusyException) {
      return new Failure(ExitCode.FAILED, "busy", thrown.getMessage(), List.of());
    }
    if (thrown instanceof TableException) {
      return new Failure(ExitCode.FAILED, "table", thrown.getMessage(), List.of());
    }
    if (thrown instanceof IOException) {
      return new Failure(ExitCode.FAILED, "io", said(thrown), List.of());
    }
    return new Failure(ExitCode.FAILED, "bug", said(thrown), List.of());
  }

  private static Failure ofBenchmark(InputFileException file) {
    return new Failure(
        ExitCode.WRONG_INPUT,
        "benchmark",
        file.getMessage(),
        List.of(
            new Problem(
                file.file().toString(),
                file.line().orElse(0),
                file.key().orElse(""),
                file.value(),
                file.range(),
                file.getMessage())));
  }

  private static Failure ofSamples(SamplesException samples) {
    List<Problem> problems =
        samples.flaws().stream()
            .map(
                flaw ->
                    new Problem(
                        flaw.file().toString(),
                        flaw.line().orElse(0),
                        flaw.key(),
                        flaw.value(),
                        flaw.range(),
                        flaw.message()))
            .toList();
    return new Failure(ExitCode.WRONG_INPUT, "samples", samples.getMessage(), problems);
  }

  /** Returns what was said of a full disk, by whoever named the file. */
  private static Optional<String> fullDisk(Throwable thrown) {
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      String message = String.valueOf(next.getMessage());
      // What a job says of its failure holds what is looked for, one cause further down.
      boolean isJob = next instanceof EngineException && next.getCause() != null;
      if (!isJob && FULL.stream().anyMatch(message::contains)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private static String said(Throwable thrown) {
    return thrown.getMessage() == null
        ? thrown.getClass().getSimpleName()
        : "%s: %s".formatted(thrown.getClass().getSimpleName(), thrown.getMessage());
  }

  /** Returns the one object of {@code --json}. */
  String json() throws IOException {
    var places = new ArrayList<Map<String, Object>>();
    for (Problem problem : problems) {
      var place = new LinkedHashMap<String, Object>();
      place.put("file", problem.file());
      place.put("line", problem.line());
      place.put("key", problem.key());
      place.put("value", problem.value());
      place.put("range", problem.range());
      place.put("message", problem.message());
      places.add(place);
    }
    var error = new LinkedHashMap<String, Object>();
    error.put("kind", kind);
    error.put("message", message);
    error.put("problems", places);
    return JSON.writeValueAsString(Map.of("error", error));
  }
}
