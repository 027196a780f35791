package org.seedwright.pipelines.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.workspace.StageAttempt;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;
import org.seedwright.pipelines.workspace.Workspace;

/** A workspace with one stage that no run names, as an overwritten experiment leaves behind. */
class StoryTellerTest {
  private static final String FIRST = "0123456789abcdef" + "0".repeat(16);
  private static final String SECOND = "0123456789abcdef" + "1".repeat(16);
  private static final String FINGERPRINT = "ab".repeat(32);

  @TempDir private Path folder;

  @BeforeEach
  void writeOneStage() throws Exception {
    var workspace = new Workspace(folder.toString());
    var shards = new Shards(1);
    String stage = workspace.stageFolder("instruct", FINGERPRINT);
    try (var attempt = StageAttempt.begin(workspace, stage, shards)) {
      try (var part = new PartWriter<>(Table.of(Sample.class), attempt.table(""), 0, "test")) {
        part.write(sample(FIRST));
        part.write(sample(SECOND));
        part.complete();
      }
      attempt.commit(
          new StageManifest(
              StageManifest.FORMAT,
              "instruct",
              1,
              FINGERPRINT,
              "{}",
              Map.of(),
              shards.count(),
              new Units(2, 2, Map.of(), 0, 0),
              attempt.contentHash().toString(),
              attempt.files(),
              TeacherUse.NONE,
              0.1,
              "test",
              Map.of()));
    }
  }

  private static Sample sample(String id) {
    return new Sample(
        id,
        "seed",
        Optional.empty(),
        "main",
        0,
        Optional.empty(),
        "generation",
        "python",
        new Origin("code", "a.py", 1, 2, Optional.empty(), Optional.empty(), List.of()),
        "Add.",
        Optional.of("Use +."),
        List.of(),
        Mark.TEACHER,
        Optional.empty());
  }

  @Test
  void aPrefixOfSeveralIdsListsThem() {
    assertThatThrownBy(() -> StoryTeller.tell(folder, "0123456789ab", Optional.empty()))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage(
            "several ids begin with 0123456789ab:\n  %s  in instruct\n  %s  in instruct"
                .formatted(FIRST, SECOND));
  }

  @Test
  void whatNoRunNamesIsFoundAllTheSameAndSaidToBelongToNone() throws Exception {
    Story story = StoryTeller.tell(folder, FIRST, Optional.empty());

    assertThat(story.run()).isEqualTo("no run: instruct-" + FINGERPRINT.substring(0, 16));
    assertThat(story.fate().last().event()).isEqualTo(Story.Event.WENT_ON);
    assertThat(story.lineage()).hasSize(1);
    assertThat(story.document()).isEmpty();
  }

  @Test
  void anIdThatIsNowhereIsRefused() {
    assertThatThrownBy(() -> StoryTeller.tell(folder, "f".repeat(32), Optional.empty()))
        .isInstanceOf(UnknownIdException.class)
        .hasMessageContaining("has the id " + "f".repeat(32));
  }
}
