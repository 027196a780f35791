package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageLockTest {
  private static final String BUSY = "%s is being computed by process %d; wait for it or stop it";

  @TempDir Path scratch;
  private Path stage;

  @BeforeEach
  void name() {
    stage = scratch.resolve("stages/seeds-0123456789abcdef");
  }

  @Test
  void anotherProcessIsRefusedWithOurPid() throws Exception {
    try (var lock = StageLock.take(stage)) {
      assertThat(lock).isNotNull();
      assertThat(firstLineOfChild())
          .isEqualTo(BUSY.formatted(stage, ProcessHandle.current().pid()));
    }
    assertThat(firstLineOfChild()).isEqualTo("took StageLock");
  }

  @Test
  void weAreRefusedWithThePidOfTheProcessThatHoldsItUntilThatIsKilled() throws Exception {
    Process child = child();
    try (BufferedReader lines = reader(child)) {
      assertThat(lines.readLine()).isEqualTo("took StageLock");

      assertThatThrownBy(() -> StageLock.take(stage))
          .isInstanceOf(WorkspaceBusyException.class)
          .hasMessage(BUSY.formatted(stage, child.pid()));
      // Refused once, we are refused again.
      assertThatThrownBy(() -> StageLock.take(stage)).isInstanceOf(WorkspaceBusyException.class);
    } finally {
      child.destroyForcibly();
    }
    child.waitFor();

    StageLock.take(stage).close();
  }

  @Test
  void aSecondAttemptOfThisProcessIsRefusedAndTakesNothingFromTheFirst() throws Exception {
    try (var first = StageLock.take(stage)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> StageLock.take(stage))
          .isInstanceOf(WorkspaceBusyException.class)
          .hasMessage(BUSY.formatted(stage, ProcessHandle.current().pid()));
      Path link = Files.createSymbolicLink(scratch.resolve("link"), scratch.resolve("stages"));
      assertThatThrownBy(() -> StageLock.take(link.resolve(stage.getFileName())))
          .isInstanceOf(WorkspaceBusyException.class);

      // Had the refused attempts opened the file, the system would have given up our lock.
      assertThat(firstLineOfChild())
          .isEqualTo(BUSY.formatted(stage, ProcessHandle.current().pid()));
    }
    StageLock.take(stage).close();
  }

  @Test
  void closingTwiceDoesNotGiveUpTheLockOfTheNext() throws IOException {
    var first = StageLock.take(stage);
    first.close();
    try (var second = StageLock.take(stage)) {
      assertThat(second).isNotNull();
      first.close();
      assertThatThrownBy(() -> StageLock.take(stage)).isInstanceOf(WorkspaceBusyException.class);
    }
  }

  @Test
  void otherStagesAreNotHeld() throws IOException {
    try (var seeds = StageLock.take(stage);
        var sources = StageLock.take(stage.resolveSibling("sources-0123456789abcdef"))) {
      assertThat(seeds).isNotSameAs(sources);
    }
  }

  private String firstLineOfChild() throws Exception {
    Process child = child();
    try (BufferedReader lines = reader(child)) {
      String line = lines.readLine();
      child.getOutputStream().close();
      child.waitFor();
      return line;
    } finally {
      child.destroyForcibly();
    }
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            HoldingAStage.class.getName(),
            stage.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
