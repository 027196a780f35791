package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart on a Flink cluster of separate JVMs, as a user runs it. */
@EnabledIfSystemProperty(
    named = "seedwright.test.cluster",
    matches = "true",
    disabledReason = "run with -Pcluster")
class ClusterRunIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path scratch;

  @Test
  void aClusterGivesTheSameBytesAlsoWhenAWorkerIsKilled() throws Exception {
    Path log = scratch.resolve("log");
    Process run =
        new ProcessBuilder(
                HOME.resolve("performance/cluster-run").toString(),
                "--scratch",
                scratch.resolve("runs").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(run.waitFor(30, TimeUnit.MINUTES)).as(read(log)).isTrue();
    } finally {
      run.destroy();
    }

    assertThat(run.exitValue()).as(read(log)).isZero();
    assertThat(read(log)).contains("the same bytes in all three runs");
    assertThat(scratch.resolve("runs")).doesNotExist();
  }

  private static String read(Path log) throws IOException {
    return Files.readString(log);
  }
}
