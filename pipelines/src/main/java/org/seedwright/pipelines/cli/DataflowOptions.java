package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seedwright.pipelines.engine.DataflowLauncher;
import org.seedwright.pipelines.engine.DataflowTarget;
import org.seedwright.pipelines.engine.Engine;
import picocli.CommandLine.Option;

/** What {@code --runner dataflow} needs to know. */
final class DataflowOptions {
  /** How the jar is built that this runner is in. */
  static final String BUILD = "mvn -q -B -Pdataflow -DskipTests package";

  /** Where that build puts it. */
  static final String JAR = "pipelines/dataflow/target/seedwright-dataflow.jar";

  private static final String GCS = "a gs:// path, which every worker reads";

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "With --runner dataflow: the Google Cloud project.")
  private String project;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "With --runner dataflow: where jobs run, such as europe-west1.")
  private String region;

  @Option(
      names = "--temp-location",
      paramLabel = "gs://…",
      description = "With --runner dataflow: a folder for what jobs write meanwhile.")
  private String tempLocation;

  @Option(
      names = "--staging-location",
      paramLabel = "gs://…",
      description =
          "With --runner dataflow: a folder for the worker jar; default: staging/ of"
              + " --temp-location.")
  private String stagingLocation;

  /**
   * Refuses, all at once, what is absent or no worker can read; asks nobody.
   *
   * @param workspace as given
   */
  void check(String workspace) {
    var problems = new ArrayList<String>();
    must("--project", project, "the id of a project", DataflowTarget::isProject, problems);
    must("--region", region, "a region such as europe-west1", DataflowTarget::isRegion, problems);
    must("--temp-location", tempLocation, GCS, DataflowTarget::isGcs, problems);
    if (stagingLocation != null) {
      must("--staging-location", stagingLocation, GCS, DataflowTarget::isGcs, problems);
    }
    must("--workspace", workspace, GCS, DataflowTarget::isGcs, problems);
    if (!problems.isEmpty()) {
      throw new WrongInputException(
          "--runner dataflow cannot be used so:\n  " + String.join("\n  ", problems));
    }
    launcher();
  }

  private static void must(
      String option, String value, String what, Predicate<String> fits, List<String> problems) {
    if (value == null) {
      problems.add("%s is missing: it must be %s".formatted(option, what));
    } else if (!fits.test(value)) {
      problems.add("%s must be %s, but was %s".formatted(option, what, value));
    }
  }

  /** Refuses these options where another runner is asked for. */
  void checkAbsent(String runner) {
    List<String> given =
        Stream.of(
                project == null ? "" : "--project",
                region == null ? "" : "--region",
                tempLocation == null ? "" : "--temp-location",
                stagingLocation == null ? "" : "--staging-location")
            .filter(option -> !option.isEmpty())
            .toList();
    if (!given.isEmpty()) {
      throw new WrongInputException(
          "%s: only --runner dataflow takes %s, but the runner is %s"
              .formatted(String.join(", ", given), given.size() == 1 ? "it" : "them", runner));
    }
  }

  /** Makes the workspace readable; asks nobody yet. */
  void openFileSystems() {
    launcher().openFileSystems(target());
  }

  Engine engine() {
    return launcher().engine(target());
  }

  private DataflowTarget target() {
    String staging =
        stagingLocation == null
            ? tempLocation.replaceFirst("/+$", "") + "/staging"
            : stagingLocation;
    return new DataflowTarget(project, region, tempLocation, staging);
  }

  /** The same, beside the command's own jar. */
  static Path builtJar() {
    return RunnerOptions.builtWorkerJar()
        .resolveSibling("../dataflow/target/seedwright-dataflow.jar")
        .normalize();
  }

  private static DataflowLauncher launcher() {
    return DataflowLauncher.find()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "--runner dataflow is not in this build: make its jar by '%s' and run 'java -jar %s run …'"
                        .formatted(BUILD, JAR)));
  }
}
