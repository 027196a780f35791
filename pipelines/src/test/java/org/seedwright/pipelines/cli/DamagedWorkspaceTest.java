package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.workspace.StageAttempt;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * What the commands do with stages that are not as they were written, and where another process
 * works. Each test leaves the workspace whole.
 */
@TestMethodOrder(MethodName.class)
class DamagedWorkspaceTest {
  private static final String PART = "part-00000-of-00002.parquet";
  private static final String OTHER_PART = "part-00001-of-00002.parquet";

  @TempDir private static Path folder;
  private static StoryWorkspace tales;

  @BeforeAll
  static void runTheChain() throws Exception {
    tales = new StoryWorkspace(folder);
    tales.run();
  }

  private static Path stage(String name) throws IOException {
    try (var stages = Files.list(tales.workspace().resolve("stages"))) {
      return stages
          .filter(stage -> stage.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Flips a bit of the last byte but one, in the footer of a Parquet file; returns the file. */
  private static Path flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 2] ^= 1;
    return Files.write(file, bytes);
  }

  private static StoryWorkspace.Printed run() {
    return tales.command("run", tales.experiment().toString());
  }

  @Test
  void aWholeWorkspaceIsSaidToBeWhole() {
    var printed = tales.command("workspace", "check");

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out()).matches("10 stages, \\d+ files: all as they were written\n");
  }

  @Test
  void aFlippedByteIsFoundByEveryCommandThatReadsTheStageAndNothingIsOverwritten()
      throws Exception {
    Path dataset = stage("dataset");
    String rejectedId = firstId("respond-0");
    Path part = flip(dataset.resolve(hasRows(dataset) ? PART : OTHER_PART));
    byte[] damaged = Files.readAllBytes(part);
    String flaw = part + ": its SHA-256 is not that of the manifest: bytes in it were altered\n";

    for (var printed :
        List.of(run(), tales.command("show", "dataset"), tales.command("explain", rejectedId))) {
      assertThat(printed.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(printed.err())
          .contains("seedwright: " + flaw)
          .contains("./seedwright workspace clean --damaged");
    }
    assertThat(Files.readAllBytes(part)).isEqualTo(damaged);

    var checked = tales.command("workspace", "check");
    assertThat(checked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(checked.out()).startsWith(flaw).contains("1 not as they were written");
    JsonNode json = json("workspace", "check", "--json");
    assertThat(json.at("/flawed/0/file").textValue()).isEqualTo(part.toString());

    assertThat(tales.command("workspace", "clean").out()).startsWith("removed 0 folders, 0 B");
    assertThat(json("run", tales.experiment().toString(), "--json").at("/error/kind").textValue())
        .isEqualTo("damaged");
    assertThat(tales.command("workspace", "clean", "--damaged").out())
        .contains("stages/" + dataset.getFileName())
        .contains("damaged")
        .contains("removed 1 folder, ");
    assertThat(run().exitCode()).isZero();
    aWholeWorkspaceIsSaidToBeWhole();
  }

  private static boolean hasRows(Path stage) throws IOException {
    return Files.size(stage.resolve(PART)) > Files.size(stage.resolve(OTHER_PART));
  }

  private static String firstId(String stage) throws Exception {
    return json("show", stage, "--json").at("/first/0/id").textValue();
  }

  private static JsonNode json(String... arguments) throws Exception {
    return new ObjectMapper().readTree(tales.command(arguments).out());
  }

  @Test
  void aMissingAndACutFileStopTheRunBeforeAnythingIsRead() throws Exception {
    Path seeds = stage("seeds");
    Path part = seeds.resolve(PART);
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, java.util.Arrays.copyOf(whole, 100));
    assertThat(run().err())
        .contains("%s: has 100 bytes, but the manifest says %d\n".formatted(part, whole.length));
    Files.delete(part);
    var printed = run();
    assertThat(printed.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(printed.err()).contains(part + ": is not there, but the manifest names it\n");
    assertThat(tales.command("plan", tales.experiment().toString()).exitCode())
        .isEqualTo(ExitCode.FAILED);

    // The folder by hand, as the message says: it is computed anew, and to the byte.
    removeTree(seeds);
    assertThat(run().exitCode()).isZero();
    assertThat(Files.readAllBytes(part)).isEqualTo(whole);
  }

  @Test
  void aStageWithoutItsManifestIsComputedAnew() throws Exception {
    Path merge = stage("merge");
    Files.delete(merge.resolve("_manifest.json"));
    Files.writeString(merge.resolve(PART), "whatever was left");

    var printed = run();
    assertThat(printed.exitCode()).isZero();
    assertThat(printed.err()).containsPattern("merge .* s\n").containsPattern("dataset .*reused\n");
    aWholeWorkspaceIsSaidToBeWhole();
  }

  @Test
  void aManifestThatDoesNotAgreeWithItselfIsFound() throws Exception {
    Path manifest = stage("merge").resolve("_manifest.json");
    String whole = Files.readString(manifest);
    Files.writeString(manifest, whole.replaceFirst("\"shards\" : 2", "\"shards\" : 3"));
    assertThat(tales.command("workspace", "check").out())
        .startsWith(
            manifest
                + ": its fingerprint is not the digest of the configuration, inputs and version beside it\n");
    Files.writeString(manifest, whole.substring(0, whole.length() / 2));
    assertThat(tales.command("workspace", "check").out()).startsWith(manifest + ": not a manifest");
    assertThat(run().exitCode()).isEqualTo(ExitCode.FAILED);
    Files.writeString(manifest, whole);
    aWholeWorkspaceIsSaidToBeWhole();
  }

  @Test
  void aStoreThatIsInUseEndsTheRunAndLeavesTheRecordOfTheOtherAlone() throws Exception {
    removeTree(stage("dataset"));
    Path record = tales.workspace().resolve("runs/tales/run.json");
    var written = Files.getLastModifiedTime(record);
    Path file = tales.workspace().resolve("responses/responses.sqlite");
    try (var store = Stores.open(file, "other")) {
      assertThat(store).isNotNull();
      var printed = run();
      assertThat(printed.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(printed.err())
          .contains(file.toString(), Long.toString(ProcessHandle.current().pid()));
      assertThat(Files.getLastModifiedTime(record)).isEqualTo(written);
    }
    assertThat(run().exitCode()).isZero();
  }

  @Test
  void aStageThatAnotherRunComputesEndsTheRunWithItsPid() throws Exception {
    Path dataset = stage("dataset");
    removeTree(dataset);
    Path elsewhere = folder.resolve("other.sqlite");
    try (var attempt =
        StageAttempt.begin(
            new Workspace(tales.workspace().toString()), dataset.toString(), new Shards(2))) {
      assertThat(attempt).isNotNull();
      JsonNode json =
          json("run", tales.experiment().toString(), "--json", "--store", elsewhere.toString());
      assertThat(json.at("/error/kind").textValue()).isEqualTo("busy");
      assertThat(json.at("/error/message").textValue())
          .isEqualTo(
              "%s is being computed by process %d; wait for it or stop it"
                  .formatted(dataset, ProcessHandle.current().pid()));
    }
    assertThat(run().exitCode()).isZero();
    aWholeWorkspaceIsSaidToBeWhole();
  }

  @Test
  void cleanTellsInJsonWhatItWouldRemove() throws Exception {
    Path attempt =
        Files.createDirectories(
            tales
                .workspace()
                .resolve(
                    "stages/.attempt-seeds-0123456789abcdef-0b6b0d5c-2f0e-4f0a-9d59-27a0b9c1c0de"));
    Files.writeString(attempt.resolve(PART), "half");

    JsonNode json = json("workspace", "clean", "--dry-run", "--json");
    assertThat(json.toString())
        .isEqualTo(
            "{\"workspace\":\"%s\",\"dryRun\":true,\"removed\":[{\"folder\":\"%s\",\"why\":\"unfinished\",\"bytes\":4}],\"bytes\":4,\"kept\":[]}"
                .formatted(tales.workspace(), attempt));
    assertThat(attempt).isNotEmptyDirectory();
    assertThat(tales.command("workspace", "clean").out()).contains("removed 1 folder, 4 B, from ");
    assertThat(attempt).doesNotExist();
  }

  private static void removeTree(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
