package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart and an evaluation on a Flink cluster of separate JVMs, as a user runs them. */
@EnabledIfSystemProperty(
    named = "seedwright.test.cluster",
    matches = "true",
    disabledReason = "run with -Pcluster")
class ClusterRunIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path scratch;

  @Test
  void aClusterGivesTheSameBytesAlsoWhenAWorkerIsKilled() throws Exception {
    // What is undisturbed is half as long again and is in the other test.
    run("the same bytes in all 3 runs", "--killed-only", "--near-duplicates");
  }

  @Test
  void anEvaluationThereGivesTheSameVerdictsAndWhatWorkersRanIsKnownAfterwards() throws Exception {
    // These programs were written for the example, and need no isolation.
    run(
        "the same bytes in all 4 evaluations",
        "--evaluate",
        "%s=%s"
            .formatted(
                HOME.resolve("examples/evaluate/problems.jsonl"),
                HOME.resolve("examples/evaluate/samples.jsonl")),
        "--sandbox",
        "none");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "seedwright.test.postgres",
      matches = "true",
      disabledReason = "run with -Pcluster,postgres")
  void soDoesOneWhoseWorkersAnswer() throws Exception {
    run(
        "the same bytes in all 3 runs",
        "--postgres",
        "--rounds",
        "1",
        "--seeds",
        "120",
        "--installed");
  }

  private void run(String said, String... options) throws Exception {
    Path log = scratch.resolve("log");
    var command = new ArrayList<String>();
    command.add(HOME.resolve("performance/cluster-run").toString());
    command.addAll(List.of("--scratch", scratch.resolve("runs").toString()));
    command.addAll(List.of(options));
    Process run =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(run.waitFor(30, TimeUnit.MINUTES)).as(read(log)).isTrue();
    } finally {
      run.destroy();
    }

    assertThat(run.exitValue()).as(read(log)).isZero();
    assertThat(read(log)).contains(said);
    assertThat(scratch.resolve("runs")).doesNotExist();
  }

  private static String read(Path log) throws IOException {
    return Files.readString(log);
  }
}
