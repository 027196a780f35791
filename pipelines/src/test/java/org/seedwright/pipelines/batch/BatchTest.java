package org.seedwright.pipelines.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.batch.BatchExport.Exported;
import org.seedwright.pipelines.batch.BatchImport.Imported;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.StoreLook;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Price;

class BatchTest {
  private static final int CAP = 100;
  private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.TEN);

  @TempDir private Path folder;

  private ResponseStore store(Budget budget) {
    return SqliteResponseStore.open(
        folder.resolve("store.sqlite"), "run", budget, Clock.systemUTC());
  }

  private static RequestRow row(int n) {
    TeacherRequest request = Requests.request("question " + n);
    return new RequestRow(
        "id" + n,
        "instruct/seed" + n,
        "main",
        "prompt",
        "digest",
        request.key(),
        request,
        CAP,
        Optional.of(0),
        Optional.empty());
  }

  private static List<RequestRow> rows(int count) {
    var rows = new ArrayList<RequestRow>();
    for (int n = 0; n < count; n++) {
      rows.add(row(n));
    }
    return rows;
  }

  private Exported export(ResponseStore store, int count, String name, boolean again)
      throws IOException {
    try (var files = new BatchFiles(folder.resolve(name), 1000, 1_000_000)) {
      return BatchExport.write(rows(count), store, row -> PRICE, again, files);
    }
  }

  private List<String> ids(String name) throws IOException {
    var ids = new ArrayList<String>();
    for (String line : Files.readAllLines(folder.resolve(name))) {
      ids.add(line.split("\"", -1)[3]);
    }
    return ids;
  }

  private static String replied(String id, String text) {
    return """
        {"id":"x","custom_id":"%s","response":{"status_code":200,"request_id":"r","body":{"model":"served",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}},"error":null}"""
        .formatted(id, text);
  }

  private static String failed(String id, int status) {
    return """
        {"custom_id":"%s","response":{"status_code":%d,"body":{"error":{"message":"no"}}},"error":null}"""
        .formatted(id, status);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Imported bring(ResponseStore store, Path... files) throws Exception {
    try (var batch =
        new BatchImport(
            store,
            model -> model.equals("teacher-1") ? Optional.of(PRICE) : Optional.empty(),
            line -> {})) {
      for (Path file : files) {
        batch.read(file);
      }
      return batch.imported();
    }
  }

  @Test
  void anExportIsReservedAndLeftOutTheNextTimeUnlessItIsWrittenAgain() throws Exception {
    try (var store = store(Budget.NONE)) {
      assertThat(export(store, 3, "one.jsonl", false).added()).isEqualTo(3);
      assertThat(store.account().reserved().tokens()).isPositive();

      Exported second = export(store, 4, "two.jsonl", false);
      assertThat(List.of(second.added(), second.awaited())).containsExactly(1, 3);
      Exported third = export(store, 4, "three.jsonl", true);
      assertThat(List.of(third.added(), third.repeated())).containsExactly(0, 4);

      assertThat(ids("three.jsonl").subList(0, 3)).isEqualTo(ids("one.jsonl"));
      assertThat(ids("three.jsonl")).allMatch(id -> id.matches("[A-Za-z0-9_-]{1,64}"));
      assertThat(Files.readString(folder.resolve("three.jsonl")))
          .startsWith(Files.readString(folder.resolve("one.jsonl")));
      assertThat(export(store, 4, "four.jsonl", false).files()).isEmpty();
    }
  }

  @Test
  void equalStoresExportEqualBytes() throws Exception {
    try (var store = store(Budget.NONE);
        var other =
            SqliteResponseStore.open(folder.resolve("other.sqlite"), "run", Clock.systemUTC())) {
      export(store, 600, "one.jsonl", false);
      export(other, 600, "two.jsonl", false);
    }
    assertThat(folder.resolve("one.jsonl")).hasSameBinaryContentAs(folder.resolve("two.jsonl"));
  }

  @Test
  void aBudgetIsExportedUpToAndNotPassed() throws Exception {
    TeacherRequest request = row(0).request();
    Cost worst = PRICE.worst(request, CAP);
    var budget = new Budget(OptionalLong.of(worst.tokens() * 2 + 1), OptionalLong.empty());
    try (var store = store(budget)) {
      Exported exported = export(store, 5, "some.jsonl", false);

      assertThat(List.of(exported.added(), exported.overBudget())).containsExactly(2, 3);
      assertThat(ids("some.jsonl")).hasSize(2);

      // The replies cost less than was reserved: some of the rest fits now.
      bring(store, file("replies.jsonl", replied(ids("some.jsonl").get(0), "a")));
      assertThat(export(store, 5, "more.jsonl", false).added()).isZero();
      bring(store, file("replies2.jsonl", replied(ids("some.jsonl").get(1), "b")));
      assertThat(export(store, 5, "more.jsonl", false).added()).isEqualTo(1);
    }
  }

  @Test
  void filesAreSplitAndNumberedAndNoneIsOverwritten() throws Exception {
    try (var store = store(Budget.NONE)) {
      Path out = folder.resolve("b.jsonl");
      try (var files = new BatchFiles(out, 2, 1_000_000)) {
        assertThat(BatchExport.write(rows(5), store, row -> PRICE, false, files).files())
            .extracting(path -> path.getFileName().toString())
            .containsExactly("b-001.jsonl", "b-002.jsonl", "b-003.jsonl");
      }
      assertThat(ids("b-003.jsonl")).hasSize(1);
      assertThatThrownBy(() -> new BatchFiles(out, 2, 1000))
          .isInstanceOf(FileAlreadyExistsException.class);
      try (var files = new BatchFiles(folder.resolve("c.jsonl"), 1000, 1200)) {
        Exported again = BatchExport.write(rows(5), store, row -> PRICE, true, files);
        assertThat(again.files()).hasSizeGreaterThan(1);
        for (Path file : again.files()) {
          assertThat(Files.size(file)).isLessThanOrEqualTo(1200);
        }
      }
    }
  }

  @Test
  void anExportCutOffBeforeItsFileHasANameIsWrittenAgain() throws Exception {
    try (var store = store(Budget.NONE)) {
      Path out = folder.resolve("lost.jsonl");
      try (var files = new BatchFiles(out, 10, 1_000_000)) {
        Files.createFile(out);
        assertThatThrownBy(() -> BatchExport.write(rows(3), store, row -> PRICE, false, files))
            .isInstanceOf(FileAlreadyExistsException.class);
      }
      assertThat(store.exported()).hasSize(3);
      assertThat(export(store, 3, "found.jsonl", true).repeated()).isEqualTo(3);
    }
  }

  @Test
  void goodLinesAreStoredWhateverIsBesideThem() throws Exception {
    try (var store = store(Budget.NONE)) {
      export(store, 4, "requests.jsonl", false);
      List<String> ids = ids("requests.jsonl");
      Path file =
          file(
              "replies.jsonl",
              "\ufeff" + replied(ids.get(3), "d") + "\r",
              "",
              "{\"custom_id\": \"x\u0000\"}",
              "not JSON",
              replied("somebody-else", "e"),
              failed(ids.get(1), 429),
              Files.readAllLines(folder.resolve("requests.jsonl")).get(0),
              replied(ids.get(0), "a"),
              replied(ids.get(0), "a"),
              replied(ids.get(2), "c").replace("\"stop\"", "\"no-known-ending\""));

      Imported imported = bring(store, file);

      assertThat(imported.stored()).isEqualTo(2);
      assertThat(imported.alreadyThere()).isEqualTo(1);
      assertThat(imported.foreign()).isEqualTo(1);
      assertThat(imported.malformed()).isEqualTo(3);
      assertThat(imported.flaws()).extracting(BatchImport.Flaw::line).containsExactly(3L, 4L, 7L);
      assertThat(imported.failed()).containsOnlyKeys("rate-limit", "malformed-reply");
      assertThat(store.exported()).isEmpty();
      // Two replies and one that came but is none; a refusal by status is free.
      assertThat(store.account().spent()).isEqualTo(times(PRICE.of(10, 5), 3));

      Imported again = bring(store, file);
      assertThat(List.of(again.stored(), again.failedInAll())).containsExactly(0L, 0L);
      assertThat(store.account().spent()).isEqualTo(times(PRICE.of(10, 5), 3));
      assertThat(export(store, 4, "rest.jsonl", false).added()).isEqualTo(2);
    }
  }

  private static Cost times(Cost cost, int count) {
    return new Cost(cost.tokens() * count, cost.nanoUsd() * count);
  }

  @Test
  void anOldFailureDoesNotCloseANewTryAndALateReplyIsKept() throws Exception {
    try (var store = store(Budget.NONE)) {
      export(store, 1, "one.jsonl", false);
      String first = ids("one.jsonl").get(0);
      Path errors = file("errors.jsonl", failed(first, 500));
      bring(store, errors);
      export(store, 1, "two.jsonl", false);

      assertThat(bring(store, errors).alreadyThere()).isEqualTo(1);
      assertThat(store.exported()).hasSize(1);
      assertThat(bring(store, file("late.jsonl", replied(first, "late"))).stored()).isEqualTo(1);
      assertThat(store.find(row(0).key(), CAP)).isPresent();
    }
  }

  @Test
  void aStreamCutOffAnywhereGivesTheWholeLinesBeforeIt() throws Exception {
    try (var store = store(Budget.NONE)) {
      export(store, 50, "requests.jsonl", false);
      List<String> ids = ids("requests.jsonl");
      Path whole = folder.resolve("whole.jsonl.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
        for (String id : ids) {
          out.write((replied(id, id.repeat(3)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      byte[] bytes = Files.readAllBytes(whole);
      long before = 0;
      for (int cut : new int[] {1, 5, bytes.length / 2, bytes.length - 4}) {
        Path part = folder.resolve("part.gz");
        Files.write(part, Arrays.copyOf(bytes, cut));
        Imported imported = bring(store, part);
        assertThat(imported.malformed()).as("cut at %d", cut).isEqualTo(1);
        before += imported.stored();
      }
      assertThat(before).isEqualTo(50);
      assertThat(bring(store, whole).alreadyThere()).isEqualTo(50);
    }
  }

  @Test
  void aLineOfAnySizeIsNamedAndNotLoaded() throws Exception {
    try (var store = store(Budget.NONE)) {
      export(store, 1, "requests.jsonl", false);
      Path file = folder.resolve("large.jsonl");
      try (OutputStream out = Files.newOutputStream(file)) {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        for (int i = 0; i < 200; i++) {
          out.write(block);
        }
        out.write(
            ("\n" + replied(ids("requests.jsonl").get(0), "a")).getBytes(StandardCharsets.UTF_8));
      }

      Imported imported = bring(store, file);

      assertThat(imported.stored()).isEqualTo(1);
      assertThat(imported.flaws()).hasSize(1);
      assertThat(imported.flaws().get(0).message()).isEqualTo("is longer than 16,777,216 bytes");
    }
  }

  @Test
  void linesOfNulBytesAreNamed() throws Exception {
    try (var store = store(Budget.NONE)) {
      export(store, 2, "requests.jsonl", false);
      List<String> ids = ids("requests.jsonl");
      Path file =
          file(
              "nul.jsonl",
              "\0\0\0",
              replied(ids.get(0), "a"),
              replied(ids.get(1), "b").replace("\"id\"", "\"i\0d\""));

      Imported imported = bring(store, file);

      assertThat(imported.stored()).isEqualTo(1);
      assertThat(imported.flaws()).extracting(BatchImport.Flaw::line).containsExactly(1L, 3L);
      assertThat(imported.flaws())
          .allSatisfy(flaw -> assertThat(flaw.message()).startsWith("is not JSON: "));
    }
  }

  @Test
  void anImportKilledAtAnyPlaceGoesOnAndLosesAndDoublesNothing() throws Exception {
    int count = 1000;
    List<String> ids;
    try (var store = store(Budget.NONE)) {
      export(store, count, "requests.jsonl", false);
      ids = ids("requests.jsonl");
    }
    Path replies =
        file("replies.jsonl", ids.stream().map(id -> replied(id, "a")).toArray(String[]::new));
    for (int line : new int[] {1, 150, 700}) {
      importUpTo(line, replies);
    }

    try (var store = store(Budget.NONE)) {
      Imported rest = bring(store, replies);
      assertThat(rest.stored() + rest.alreadyThere()).isEqualTo(count);
      assertThat(rest.alreadyThere()).as("durable before the kills").isGreaterThan(100);
      assertThat(rest.stored()).as("cut off by the kills").isPositive();
      assertThat(store.stats().replies()).isEqualTo(count);
      assertThat(store.exported()).isEmpty();
    }
    Account account = StoreLook.at(folder.resolve("store.sqlite")).accounts().get("run");
    assertThat(account.spent()).isEqualTo(new Cost(15L * count, PRICE.of(10, 5).nanoUsd() * count));
    assertThat(account.reserved()).isEqualTo(Cost.FREE);
  }

  /** Imports in another process, which is killed when it has come to a line. */
  private void importUpTo(int line, Path replies) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ImportingUntilKilled.class.getName(),
                folder.resolve("store.sqlite").toString(),
                replies.toString())
            .redirectError(folder.resolve("child.log").toFile())
            .start();
    try (var out = child.inputReader(StandardCharsets.UTF_8)) {
      for (int read = 0; read < line; read++) {
        assertThat(out.readLine()).as("the child ended too early").isNotNull();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
