package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills an evaluation in the middle. */
class EvaluateKilledTest {
  private static final int SAMPLES = 60;

  @TempDir private Path folder;

  @Test
  void whatRanBeforeAKillDoesNotRunAgain() throws Exception {
    Files.writeString(
        folder.resolve("mine.jsonl"),
        "{\"task_id\":\"own/one\",\"prompt\":\"def one():\\n\",\"canonical_solution\":\"    return"
            + " 1\\n\",\"test_list\":[\"assert one() == 1\"]}\n");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      rows.add(
          "{\"task_id\":\"own/one\",\"completion\":\"    import time; time.sleep(0.2); return %d\\n\"}"
              .formatted(i % 2));
    }
    // No two are equal, or they would run once.
    for (int i = 0; i < SAMPLES; i++) {
      rows.set(i, rows.get(i).replace("return", "x = %d; return".formatted(i)));
    }
    Files.write(folder.resolve("samples.jsonl"), rows);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EvaluatingUntilKilled.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile())
            .start();
    try {
      while (known() < 10) {
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("child.log"))).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
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
