package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;

/** A signal while no teacher is asked: a job runs, or nothing has begun. */
@Slow
class InterruptedRunTest {
  @TempDir private Path scratch;

  @Test
  void aSignalDuringAJobEndsWith130AndPublishesNothingThatIsHalfDone() throws Exception {
    var tales = new StoryWorkspace(scratch);
    tales.run();
    Path stages = tales.workspace().resolve("stages");
    removeAllButTheLock(stages);
    for (String signal : Signals.thatEnd()) {
      Process child = child(tales);
      try {
        while (attempts(stages) == 0) {
          assertThat(child.isAlive()).as("the child ended too early").isTrue();
          TimeUnit.MILLISECONDS.sleep(5);
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start().waitFor();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(signal).isEqualTo(ExitCode.INTERRUPTED);
      } finally {
        child.destroyForcibly().waitFor();
      }
    }
    assertThat(tales.command("workspace", "check").exitCode()).isZero();

    var rerun = tales.command("run", tales.experiment().toString());
    assertThat(rerun.exitCode()).as(rerun.err()).isZero();
    assertThat(tales.command("workspace", "check").out()).startsWith("10 stages, ");
    assertThat(attempts(stages)).isZero();
  }

  private static long attempts(Path stages) throws IOException {
    try (var folders = Files.list(stages)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(".attempt-"))
          .count();
    }
  }

  private static void removeAllButTheLock(Path stages) throws IOException {
    try (var files = Files.walk(stages)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!file.equals(stages) && !file.toString().contains(".locks")) {
          Files.delete(file);
        }
      }
    }
  }

  private static Process child(StoryWorkspace tales) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            tales.experiment().toString(),
            "--workspace",
            tales.workspace().toString())
        .redirectErrorStream(true)
        .redirectOutput(tales.folder().resolve("child.log").toFile())
        .start();
  }
}
