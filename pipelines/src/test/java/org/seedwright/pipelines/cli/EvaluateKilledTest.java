package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;

/** Ends an evaluation in the middle. */
@Slow
class EvaluateKilledTest {
  private static final int SAMPLES = 60;

  @TempDir private Path folder;

  @BeforeEach
  void writeProgramsThatTakeAWhile() throws IOException {
    Files.writeString(
        folder.resolve("mine.jsonl"),
        "{\"task_id\":\"own/one\",\"prompt\":\"def one():\\n\",\"canonical_solution\":\"    return"
            + " 1\\n\",\"test_list\":[\"assert one() == 1\"]}\n");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      // No two are equal, or they would run once.
      rows.add(
          "{\"task_id\":\"own/one\",\"completion\":\"    import time; time.sleep(0.2); x = %d; return %d\\n\"}"
              .formatted(i, i % 2));
    }
    Files.write(folder.resolve("samples.jsonl"), rows);
  }

  @Test
  void whatRanBeforeAKillDoesNotRunAgain() throws Exception {
    Process process = start();
    try {
      awaitKnown(process, 10);
    } finally {
      process.destroyForcibly().waitFor();
    }
    int known = known();
    assertThat(known).isLessThan(SAMPLES);

    String said = rerun();

    // The reference's table was finished before.
    assertThat(said)
        .contains(
            "%d programs ran, %d were known".formatted(SAMPLES + 1 - known, known - 1),
            "oracle     1 rows, reused");
    assertThat(known()).isEqualTo(SAMPLES + 1);
  }

  @Test
  void aSignalEndsWith130OnceThoseThatRunAreStoredAndTheSameCommandGoesOn() throws Exception {
    int known = 0;
    for (String signal : Signals.thatEnd()) {
      Process process = start();
      try {
        awaitKnown(process, known + 10);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue()).as(signal).isEqualTo(ExitCode.INTERRUPTED);
      int ran = known() - known;
      known = known();
      assertThat(known).isLessThan(SAMPLES);
      assertThat(Files.readString(folder.resolve("child.log")))
          .contains(
              "interrupted: no further program starts",
              "what came of %d programs is stored; run the same command again".formatted(ran))
          .doesNotContain("dropped", "seedwright: The", "Exception");
    }

    assertThat(rerun())
        .contains("%d programs ran, %d were known".formatted(SAMPLES + 1 - known, known - 1));
    assertThat(folder.resolve("out/stages")).isDirectoryNotContaining("glob:**/.attempt-*");
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            EvaluatingUntilKilled.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }

  private void awaitKnown(Process process, int enough) throws Exception {
    while (known() < enough) {
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("child.log"))).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String rerun() {
    PrintStream before = System.err;
    PrintStream outBefore = System.out;
    var err = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
      assertThat(EvaluatingUntilKilled.evaluate(folder)).isZero();
    } finally {
      System.setErr(before);
      System.setOut(outBefore);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  /** How many outcomes are durable. */
  private int known() throws Exception {
    Path store = folder.resolve("out/executions/executions.sqlite");
    if (!Files.exists(store)) {
      return 0;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement();
        var count = statement.executeQuery("SELECT COUNT(*) FROM outcomes")) {
      return count.getInt(1);
    } catch (SQLException e) {
      // It is being made.
      return 0;
    }
  }
}
