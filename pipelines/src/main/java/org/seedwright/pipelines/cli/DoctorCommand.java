package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.engine.ClusterAddress;
import org.seedwright.pipelines.store.PostgresAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what this machine can do. */
@Command(
    name = "doctor",
    description =
        "Tries what a run needs on this machine: Java, memory, disk, the engine, the response"
            + " store, and what was given by its address; then what programs can be executed in."
            + " Says what to run where something is lacking. Exit 0 if all that a run needs works,"
            + " else 1.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright doctor",
      "  ./seedwright doctor --workspace /data/ws --json",
      "  ./seedwright doctor --flink-master head:8081 --store postgresql://db/seedwright"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspaceOption;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description = "Ask this cluster, too: the REST endpoint of its JobManager.")
  private String flinkMaster;

  @Option(
      names = "--worker-jar",
      paramLabel = "FILE",
      description = "With --flink-master: the jar that workers load; default: the built one.")
  private Path workerJar;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Ask this response store, too: postgresql://[user@]host[:port]/database (password from"
              + " PGPASSWORD or ~/.pgpass).")
  private String store;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    List<Check> checks = new Checks(workspaceOption.open(), DataFolder.get(), runners()).all();
    boolean able = checks.stream().noneMatch(check -> check.state() == Check.State.PROBLEM);
    var object = new LinkedHashMap<String, Object>();
    object.put("ok", able);
    object.put("checks", checks.stream().map(RecordJson::of).toList());
    output.object(object);
    for (Check check : checks) {
      output.text(
          "%-8s %-12s %s"
              .formatted(word(check.state()), check.name(), TerminalText.line(check.found())));
      check.remedy().ifPresent(run -> output.text("%-8s %-12s run: %s".formatted("", "", run)));
    }
    output.text(able ? "\nall that a run needs works" : "\nsee the lines that begin with PROBLEM");
    return able ? ExitCode.DONE : ExitCode.FAILED;
  }

  private RunnerChecks runners() {
    return new RunnerChecks(
        cluster(),
        server(),
        workerJar == null ? RunnerOptions.builtWorkerJar() : workerJar,
        DataflowOptions.builtJar());
  }

  private Optional<ClusterAddress> cluster() {
    try {
      return Optional.ofNullable(flinkMaster).map(ClusterAddress::parse);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--flink-master " + e.getMessage());
    }
  }

  private Optional<PostgresAddress> server() {
    if (store == null) {
      return Optional.empty();
    }
    Optional<PostgresAddress> server = StorePlace.parse(store).server();
    if (server.isEmpty()) {
      throw new WrongInputException(
          "--store must be postgresql://[user@]host[:port]/database here, but was %s; SQLite is tried"
                  .formatted(store)
              + " in the workspace");
    }
    return server;
  }

  private static String word(Check.State state) {
    return switch (state) {
      case OK -> "ok";
      case PROBLEM -> "PROBLEM";
      case MISSING -> "missing";
      case NOTE -> "note";
    };
  }
}
