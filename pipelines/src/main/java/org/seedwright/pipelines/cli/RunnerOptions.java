package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.seedwright.pipelines.engine.BeamOptions;
import org.seedwright.pipelines.engine.ClusterAddress;
import org.seedwright.pipelines.engine.ClusterEngine;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.engine.WorkerCode;
import org.seedwright.pipelines.engine.WorkerNeeds;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the jobs of a run go. */
final class RunnerOptions {
  private static final int MOST_LOCAL = 256;

  /** What carries the jobs. */
  enum Runner {
    local,
    direct,
    flink,
    dataflow
  }

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description =
          "local: Flink inside the process. direct: Beam's checking runner, for small input."
              + " flink: a session cluster, see docs/cluster.md. dataflow: Google Cloud, see"
              + " docs/dataflow.md."
              + " One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
      defaultValue = "local")
  private Runner runner;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Subtasks of a job, 1 to 256; default: the number of cores, or of the cluster's slots.")
  private Integer parallelism;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description =
          "With --runner flink: the REST endpoint of the cluster's JobManager, such as"
              + " 127.0.0.1:8081.")
  private String flinkMaster;

  @Option(
      names = "--worker-jar",
      paramLabel = "FILE",
      description =
          "With --runner flink: the jar that workers load; default: the one that '"
              + WorkerCode.BUILD
              + "' makes.")
  private Path workerJar;

  @Option(
      names = "--worker-jar-installed",
      description =
          "With --runner flink: the worker jar lies in the lib folder of the cluster, which makes"
              + " jobs start faster.")
  private boolean workerJarInstalled;

  @Mixin private DataflowOptions dataflow;

  private BeamOptions given = BeamOptions.NONE;

  /**
   * Refuses what cannot be or does not go together; starts nothing and asks nobody.
   *
   * @param beam what was given after {@code --}
   * @param workspace as given
   */
  void check(List<String> beam, String workspace) {
    if (parallelism != null && (parallelism < 1 || parallelism > MOST_LOCAL)) {
      throw new WrongInputException(
          "--parallelism must be 1 to %d, but was %d".formatted(MOST_LOCAL, parallelism));
    }
    if (runner == Runner.flink) {
      if (flinkMaster == null) {
        throw new WrongInputException(
            "--runner flink needs --flink-master HOST:PORT, the REST endpoint of the JobManager");
      }
      if (workerJar != null && workerJarInstalled) {
        throw new WrongInputException("--worker-jar and --worker-jar-installed exclude each other");
      }
      address();
    } else if (flinkMaster != null || workerJar != null || workerJarInstalled) {
      throw new WrongInputException(
          "--flink-master, --worker-jar and --worker-jar-installed go with --runner flink, but the"
              + " runner is "
              + runner);
    }
    if (runner == Runner.dataflow) {
      dataflow.check(workspace);
    } else {
      dataflow.checkAbsent(runner.name());
    }
    try {
      given = new BeamOptions(beam);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }

  private ClusterAddress address() {
    try {
      return ClusterAddress.parse(flinkMaster);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--flink-master " + e.getMessage());
    }
  }

  /** Opens the workspace where the runner's workers reach it. */
  WorkspaceFiles open(WorkspaceOption workspace) throws IOException {
    if (runner != Runner.dataflow) {
      return workspace.open();
    }
    dataflow.openFileSystems();
    return workspace.openRemote();
  }

  /**
   * Returns the engine of the stages. A cluster is asked now whether its workers can use the
   * workspace, before any teacher is.
   *
   * @param needs what workers must have besides
   */
  Engine engine(WorkspaceFiles files, WorkerNeeds needs) throws IOException, InterruptedException {
    return switch (runner) {
      case local -> new LocalEngine(subtasks(), given);
      case direct -> new DirectEngine(given);
      case flink ->
          ClusterEngine.connect(
              address(),
              parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism),
              workerJarInstalled ? WorkerCode.installed() : WorkerCode.of(workerJar()),
              files.folder(),
              needs,
              given);
      case dataflow -> dataflow.engine();
    };
  }

  /**
   * Returns the engine of an answer step that reads and writes a store of this process: that of the
   * stages where it is in the process too.
   */
  Engine besideTheStore(Engine ofTheStages) {
    return switch (runner) {
      case local, direct, dataflow -> ofTheStages.here();
      case flink -> new LocalEngine(cores());
    };
  }

  /**
   * Whether the workers of a cluster answer by themselves: they do where they can reach the store,
   * and where somebody is asked.
   */
  boolean workersAnswer(StorePlace store, Experiment experiment) {
    return runner == Runner.flink
        && store.server().isPresent()
        && Arrays.stream(TeacherRole.values())
            .noneMatch(role -> experiment.teacher(role).provider() == TeacherConfig.Provider.BATCH);
  }

  private int subtasks() {
    return parallelism == null ? cores() : parallelism;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private Path workerJar() {
    return workerJar == null ? builtWorkerJar() : workerJar;
  }

  /** Where a build puts the worker jar: beside the command's own. */
  static Path builtWorkerJar() {
    try {
      return Path.of(
              RunnerOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling("seedwright-worker.jar");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class comes from a file or folder", e);
    }
  }
}
