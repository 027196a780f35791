package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.workspace.WorkspaceCleaning.Found;
import org.seedwright.pipelines.workspace.WorkspaceCleaning.Kept;
import org.seedwright.pipelines.workspace.WorkspaceCleaning.Why;

class WorkspaceCleaningTest {
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);
  private static final String PART = "part-00000-of-00002.parquet";

  @TempDir Path root;

  private static WorkspaceCleaning clean(Path root) throws IOException {
    return WorkspaceCleaning.of(root, false, false);
  }

  private List<String> folders() throws IOException {
    try (var folders = Files.list(root.resolve("stages"))) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals(".locks"))
          .sorted()
          .toList();
    }
  }

  private Path attempt(String stage, String fingerprint, String file) throws IOException {
    Path folder =
        root.resolve("stages")
            .resolve(
                ".attempt-%s-%s-0b6b0d5c-2f0e-4f0a-9d59-27a0b9c1c0de"
                    .formatted(stage, fingerprint.substring(0, 16)));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(file), "half");
    return folder;
  }

  @Test
  void whatNobodyNeedsGoesAndTheRestStays() throws IOException {
    Path named = Oaks.stage(root, "oaks", ONE);
    Path unnamed = Oaks.stage(root, "oaks", TWO);
    Oaks.run(root, "mine", "oaks", ONE);
    Path attempt = attempt("elms", ONE, PART);
    Path unfinished = Files.createDirectories(root.resolve("stages/elms-3333333333333333"));
    Files.writeString(unfinished.resolve(PART), "whole");
    Path store = Files.createDirectories(root.resolve("responses")).resolve("responses.sqlite");
    Files.writeString(store, "replies");
    long bytes = LocalFiles.bytes(unnamed);
    var expected =
        List.of(
            new Found(attempt, Why.UNFINISHED, 4),
            new Found(unfinished, Why.UNFINISHED, 5),
            new Found(unnamed, Why.UNREFERENCED, bytes));

    WorkspaceCleaning dry = WorkspaceCleaning.of(root, false, true);
    assertThat(dry.removed()).isEqualTo(expected);
    assertThat(folders()).hasSize(4);

    WorkspaceCleaning cleaning = clean(root);
    assertThat(cleaning.removed()).isEqualTo(expected);
    assertThat(cleaning.bytes()).isEqualTo(9 + bytes);
    assertThat(cleaning.kept()).isEmpty();
    assertThat(folders()).containsExactly(named.getFileName().toString());
    assertThat(Oaks.files(root, named).flaws()).isEmpty();
    assertThat(store).hasContent("replies");
    assertThat(clean(root).removed()).isEmpty();
  }

  @Test
  void aDamagedStageGoesOnlyWhereThatIsAskedFor() throws IOException {
    Path stage = Oaks.stage(root, "oaks", ONE);
    Oaks.run(root, "mine", "oaks", ONE);
    byte[] bytes = Files.readAllBytes(stage.resolve(PART));
    bytes[7] ^= 4;
    Files.write(stage.resolve(PART), bytes);

    assertThat(clean(root).removed()).isEmpty();
    assertThat(WorkspaceCleaning.of(root, true, false).removed())
        .extracting(Found::folder, Found::why)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(stage, Why.DAMAGED));
    assertThat(stage).doesNotExist();
  }

  @Test
  void whatAnotherProcessComputesOrReadsStaysUntilThatEnds() throws Exception {
    Path computed = attempt("elms", ONE, PART);
    Path read = Oaks.stage(root, "oaks", TWO);
    Path idle = Oaks.stage(root, "ashes", TWO);
    var pids = new ArrayList<String>();
    Process computing =
        child(HoldingAStage.class, root.resolve("stages/elms-1111111111111111").toString());
    Process reading = child(UsingAStage.class, root.toString(), read.toString());
    try {
      for (Process child : List.of(computing, reading)) {
        assertThat(reader(child).readLine()).isIn("took StageLock", "uses WorkspaceUse");
        pids.add(Long.toString(child.pid()));
      }

      WorkspaceCleaning cleaning = clean(root);

      assertThat(cleaning.removed()).extracting(Found::folder).containsExactly(idle);
      assertThat(cleaning.kept())
          .containsExactly(
              new Kept(computed, Why.UNFINISHED, pids.get(0)),
              new Kept(read, Why.UNREFERENCED, pids.get(1)));
      assertThat(computed).isNotEmptyDirectory();
      assertThat(Oaks.files(root, read).flaws()).isEmpty();
    } finally {
      computing.destroyForcibly().waitFor();
      reading.destroyForcibly().waitFor();
    }
    assertThat(clean(root).removed()).extracting(Found::folder).containsExactly(computed, read);
    try (var locks = Files.list(root.resolve("stages/.locks"))) {
      assertThat(locks.map(lock -> lock.getFileName().toString()))
          .noneMatch(name -> name.startsWith("use-"));
    }
  }

  @Test
  void whatThisProcessUsesStaysToo() throws IOException {
    Path stage = Oaks.stage(root, "oaks", ONE);
    try (var use = WorkspaceUse.of(new Workspace(root.toString()), List.of(stage.toString()))) {
      assertThat(use).isNotNull();
      assertThat(clean(root).kept())
          .containsExactly(
              new Kept(stage, Why.UNREFERENCED, Long.toString(ProcessHandle.current().pid())));
    }
    assertThat(clean(root).kept()).isEmpty();
    assertThat(stage).doesNotExist();
  }

  @Test
  void whereTheRecordOfARunIsDamagedNothingGoes() throws IOException {
    Path stage = Oaks.stage(root, "oaks", ONE);
    Path run = Oaks.run(root, "mine", "oaks", TWO);
    Files.writeString(run, "{\"run\":");

    assertThatThrownBy(() -> clean(root)).hasMessageStartingWith(run + ": not JSON: ");
    assertThat(stage).isNotEmptyDirectory();
  }

  @Test
  void anAbsentWorkspaceIsClean() throws IOException {
    assertThat(clean(root.resolve("nowhere")).removed()).isEmpty();
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  private static Process child(Class<?> main, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
