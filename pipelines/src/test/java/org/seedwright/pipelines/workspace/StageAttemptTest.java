package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.ContentHash;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

class StageAttemptTest {
  private record Oak(String id, int rings) {}

  private record Refusal(String id, String reason) {}

  private static final Shards SHARDS = new Shards(2);
  private static final Table<Oak> OAKS = Table.of(Oak.class);
  private static final String PART_0 = "part-00000-of-00002.parquet";
  private static final String PART_1 = "part-00001-of-00002.parquet";
  private static final List<String> WHOLE =
      List.of("_manifest.json", PART_0, PART_1, "rejected/" + PART_0, "rejected/" + PART_1);

  @TempDir Path scratch;
  private Workspace workspace;
  private String stage;

  @BeforeEach
  void name() {
    workspace = new Workspace(scratch.toString());
    stage = workspace.stageFolder("oaks", "0123456789abcdef".repeat(4));
  }

  @Test
  void aCommittedStageHasItsFilesItsManifestAndNothingElse() throws IOException {
    try (var attempt = begin()) {
      write(attempt, 1);
      assertThat(workspace.manifest(stage)).isEmpty();
      assertThat(Path.of(stage)).doesNotExist();

      StageManifest manifest = manifest(attempt, 1);
      assertThat(attempt.commit(manifest)).isEqualTo(manifest);
      assertThat(workspace.manifest(stage)).contains(manifest);
      assertThat(manifest.files())
          .extracting(StageManifest.FileEntry::file)
          .isEqualTo(WHOLE.subList(1, 5));
      assertThat(manifest.contentHash())
          .isEqualTo(ContentHash.EMPTY.plus(new Oak("oak", 1)).plus(new Oak("elm", 1)).toString());
    }

    assertThat(files(Path.of(stage))).isEqualTo(WHOLE);
    assertThat(rows(new TableFolder(stage, "", SHARDS)))
        .containsExactlyInAnyOrder(new Oak("oak", 1), new Oak("elm", 1));
    assertThat(folders()).containsExactly(".locks", "oaks-0123456789abcdef");
  }

  @Test
  void anAttemptThatIsClosedWithoutACommitLeavesNothing() throws IOException {
    try (var attempt = begin()) {
      write(attempt, 1);
      assertThat(folders()).hasSize(2).anyMatch(name -> name.startsWith(".attempt-oaks-"));
    }

    assertThat(folders()).containsExactly(".locks");
    assertThat(workspace.manifest(stage)).isEmpty();
  }

  @Test
  void aSecondAttemptKeepsTheManifestAndTheRowsOfTheFirst() throws IOException {
    StageManifest winner;
    try (var first = begin()) {
      write(first, 1);
      winner = first.commit(manifest(first, 1));
    }
    try (var second = begin()) {
      write(second, 2);
      assertThat(second.commit(manifest(second, 2))).isEqualTo(winner);
    }

    assertThat(workspace.manifest(stage)).contains(winner);
    assertThat(rows(new TableFolder(stage, "", SHARDS)))
        .containsExactlyInAnyOrder(new Oak("oak", 1), new Oak("elm", 1));
    assertThat(folders()).containsExactly(".locks", "oaks-0123456789abcdef");
  }

  @Test
  void filesOfAnAttemptThatDiedBeforeItsManifestAreReplaced() throws IOException {
    Files.createDirectories(Path.of(stage));
    Files.writeString(Path.of(stage, PART_0), "half a stage");

    try (var attempt = begin()) {
      write(attempt, 1);
      attempt.commit(manifest(attempt, 1));
    }

    assertThat(rows(new TableFolder(stage, "", SHARDS))).hasSize(2);
  }

  /** The manifest comes last: where a file cannot be moved, there is none. */
  @Test
  void aFileThatIsNotThereFailsTheCommitAndThereIsNoManifest() throws IOException {
    try (var attempt = begin()) {
      write(attempt, 1);
      attempt.exported(new StageManifest.FileEntry("data.jsonl", "ab".repeat(32), 1, 1));
      StageManifest manifest = manifest(attempt, 1);

      assertThatThrownBy(() -> attempt.commit(manifest))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("data.jsonl");
    }

    assertThat(workspace.manifest(stage)).isEmpty();
  }

  @Test
  void anExportMovesWithTheTables() throws IOException {
    try (var attempt = begin()) {
      write(attempt, 1);
      Files.writeString(Path.of(attempt.exportPath("data.jsonl")), "{}\n");
      attempt.exported(new StageManifest.FileEntry("data.jsonl", "ab".repeat(32), 3, 1));
      attempt.commit(manifest(attempt, 1));
    }

    assertThat(Path.of(stage, "data.jsonl")).hasContent("{}\n");
  }

  @Test
  void aLedgerThatDoesNotBalanceIsNotCommitted() throws IOException {
    try (var attempt = begin()) {
      write(attempt, 1);
      StageManifest manifest = manifest(attempt, 1, new Units(4, 2, Map.of("felled", 1L), 0, 0));

      assertThatThrownBy(() -> attempt.commit(manifest))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("oaks: 4 units came in, but 3 have a fate: ");
    }

    assertThat(workspace.manifest(stage)).isEmpty();
  }

  @Test
  void aTableThatIsNotWholeHasNoSummaries() throws IOException {
    try (var attempt = begin();
        var part = new PartWriter<>(OAKS, attempt.table(""), 0, "only")) {
      part.complete();

      assertThatThrownBy(() -> attempt.summaries(""))
          .isInstanceOf(java.io.FileNotFoundException.class)
          .hasMessageContaining(PART_1);
    }
  }

  @Test
  void theAttemptHoldsTheStageUntilItIsClosed() throws IOException {
    var attempt = begin();
    assertThatThrownBy(this::begin)
        .isInstanceOf(WorkspaceBusyException.class)
        .hasMessage(
            "%s is being computed by process %d; wait for it or stop it"
                .formatted(stage, ProcessHandle.current().pid()));
    attempt.close();

    begin().close();
  }

  private StageAttempt begin() throws IOException {
    return StageAttempt.begin(workspace, stage, SHARDS);
  }

  private static void write(StageAttempt attempt, int rings) throws IOException {
    write(OAKS, attempt.table(""), List.of(new Oak("elm", rings), new Oak("oak", rings)));
    write(
        Table.of(Refusal.class), attempt.table("rejected"), List.of(new Refusal("ash", "felled")));
  }

  private static <T extends Record> void write(Table<T> table, TableFolder folder, List<T> rows)
      throws IOException {
    for (int shard : SHARDS.numbers()) {
      try (var part = new PartWriter<>(table, folder, shard, "only")) {
        for (T row : rows) {
          if (SHARDS.of(table.id(row)) == shard) {
            part.write(row);
          }
        }
        part.complete();
      }
    }
  }

  private static StageManifest manifest(StageAttempt attempt, int version) throws IOException {
    return manifest(attempt, version, new Units(3, 2, Map.of("felled", 1L), 0, 0));
  }

  private static StageManifest manifest(StageAttempt attempt, int version, Units units)
      throws IOException {
    return new StageManifest(
        StageManifest.FORMAT,
        "oaks",
        version,
        "0123456789abcdef".repeat(4),
        "{}",
        Map.of(),
        SHARDS.count(),
        units,
        attempt.contentHash().toString(),
        attempt.files(),
        TeacherUse.NONE,
        0.25,
        "none",
        Map.of());
  }

  private static List<Oak> rows(TableFolder folder) throws IOException {
    var read = new ArrayList<Oak>();
    for (int shard : SHARDS.numbers()) {
      try (var rows = folder.open(OAKS, shard)) {
        rows.forEachRemaining(read::add);
      }
    }
    return read;
  }

  private List<String> folders() throws IOException {
    try (var folders = Files.list(scratch.resolve("stages"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
