package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.workspace.StageManifest;

/** What is there is not computed again, and what is stored is not asked again. */
@TestInstance(Lifecycle.PER_CLASS)
class ReuseTest {
  private static final List<String> FROM_MERGE =
      List.of("merge", "deduplicate", "decontaminate", "dataset");

  private Path scratch;
  private LocalEngine engine;
  private Path sources;
  private Chain chain;
  private Sketch sketch;
  private Chain.Run first;
  private int asked;

  @BeforeAll
  void run(@TempDir Path folder) throws Exception {
    scratch = folder;
    engine = new LocalEngine(1);
    sources = Files.createDirectories(scratch.resolve("one").resolve("sources"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    Path problems = scratch.resolve("mine.jsonl");
    Files.writeString(
        problems,
        """
        {"task_id": "mine/1", "prompt": "Count the pairs of neighbours that lie five minutes apart."}
        """);
    chain = Chain.in(scratch.resolve("chain"));
    sketch =
        Sketch.of(sources)
            .with("shards", "2")
            .with("teachers", ScriptedTeacher.TEACHERS)
            .with("evolve", "{rounds: 1, eliminate: rules}")
            .with("deduplicate", "{columns: [instruction]}")
            .with("decontaminate", "{against: ['%s']}".formatted(problems));
    var teacher = new ScriptedTeacher(Scripts::good);
    first = chain.run(sketch, engine, teacher);
    asked = teacher.times();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  /** Names of the stages that a changed experiment would compute. */
  private List<String> toCompute(Sketch changed) throws Exception {
    var names = new ArrayList<String>();
    for (PlannedStage stage : chain.plan(changed).stages()) {
      if (stage.finished().isEmpty()) {
        names.add(stage.stage().name());
      }
    }
    return names;
  }

  private List<String> allFrom(String stage) {
    List<String> all = List.copyOf(first.hashes().keySet());
    return all.subList(all.indexOf(stage), all.size());
  }

  /**
   * Rows of the same input that differ from those of an earlier build must have another
   * fingerprint, or workspaces would mix both.
   */
  @Test
  void equalInputGivesTheRowsThatItAlwaysGave() throws Exception {
    var lines = new ArrayList<String>();
    for (StageOutcome stage : first.stages()) {
      StageManifest manifest = stage.manifest();
      lines.add(
          "%s %d %s %s"
              .formatted(
                  manifest.stage(),
                  manifest.version(),
                  manifest.fingerprint(),
                  manifest.contentHash()));
    }
    List<String> golden;
    try (var in = ReuseTest.class.getResourceAsStream("golden-chain.txt")) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    for (String line : lines) {
      int hash = line.lastIndexOf(' ') + 1;
      assertThat(golden)
          .as(
              "%s%nThis stage gives other rows under the fingerprint that it had: raise its"
                  + " version(), then put the lines that come out into golden-chain.txt",
              line)
          .noneMatch(was -> was.startsWith(line.substring(0, hash)) && !was.equals(line));
    }
    assertThat(lines)
        .as(
            "fingerprints changed, so every workspace is computed anew; if that is meant, put these"
                + " lines into golden-chain.txt:%n%s",
            String.join("\n", lines))
        .isEqualTo(golden);
  }

  @Test
  void aSecondRunStartsNoJobAndAsksNobody() throws Exception {
    Chain.Run second = chain.run(sketch, new NoEngine(), ScriptedTeacher.refusing());

    assertThat(asked).isEqualTo(9);
    assertThat(second.computed()).isEmpty();
    assertThat(second.hashes()).isEqualTo(first.hashes());
  }

  @Test
  void whatCannotChangeARowRecomputesNothing() throws Exception {
    String elsewhere =
        ScriptedTeacher.teachers(3)
            .replace("127.0.0.1:1", "127.0.0.1:2")
            .replace("attempts", "timeout-seconds: 7, api-key-env: SOME_KEY, attempts");
    assertThat(toCompute(sketch.with("teachers", elsewhere))).isEmpty();
    assertThat(toCompute(sketch.with("limits", "{concurrency: 1}"))).isEmpty();
    assertThat(toCompute(sketch.with("name", "other"))).isEmpty();
  }

  @Test
  void aChangeRecomputesWhatDependsOnItAlone() throws Exception {
    assertThat(toCompute(sketch.with("evolve", "{rounds: 2, eliminate: rules}")))
        .startsWith("evolve-2", "respond-2")
        .endsWith(FROM_MERGE.toArray(String[]::new))
        .hasSize(6);
    assertThat(toCompute(sketch.with("evolve", "{rounds: 0}"))).isEqualTo(FROM_MERGE);
    assertThat(toCompute(sketch.with("deduplicate", "{columns: [instruction, response]}")))
        .containsExactly("deduplicate", "decontaminate", "dataset");
    assertThat(toCompute(sketch.with("deduplicate", "{method: minhash}")))
        .containsExactly("deduplicate", "decontaminate", "dataset");
    assertThat(toCompute(sketch.with("decontaminate", "{against: []}")))
        .containsExactly("decontaminate", "dataset");
    assertThat(toCompute(sketch.with("seeds", "{max-lines: 3}"))).isEqualTo(allFrom("seeds"));
    assertThat(toCompute(sketch.with("respond", "{again: true}"))).isEqualTo(allFrom("respond-0"));
    assertThat(toCompute(sketch.with("shards", "3"))).isEqualTo(allFrom("sources"));
    assertThat(
            toCompute(
                sketch.with(
                    "teachers",
                    ScriptedTeacher.TEACHERS.replace(
                        "model: evolve,", "model: evolve, top-p: 0.5,"))))
        .isEqualTo(allFrom("evolve-1"));
  }

  @Test
  void aHeuristicOfOnesOwnIsPartOfTheFingerprintByItsText() throws Exception {
    Path own = chain.home().resolve("own.md");
    String front = "---\nid: own-way\nversion: 1\npaper: none\n";
    String text = "---\n\nAsk for the same result without any loop.\n";
    Sketch evolving =
        sketch.with("evolve", "{rounds: 1, heuristics: [./own.md], eliminate: rules}");
    Files.writeString(own, front + text);
    String first = fingerprint(evolving, "evolve-1");
    Files.writeString(own, front.replace("none", "ours, 2026") + text);
    assertThat(fingerprint(evolving, "evolve-1")).isEqualTo(first);

    Files.writeString(own, front + text.replace("result", "answer"));
    String otherText = fingerprint(evolving, "evolve-1");
    Files.writeString(own, front + "template: general\n" + text);
    String otherTemplate = fingerprint(evolving, "evolve-1");
    assertThat(List.of(first, otherText, otherTemplate)).doesNotHaveDuplicates();
    assertThat(
            fingerprint(
                sketch.with("evolve", "{rounds: 1, heuristics: general, eliminate: rules}"),
                "evolve-1"))
        .isNotEqualTo(first);
  }

  private String fingerprint(Sketch changed, String stage) throws Exception {
    return chain.plan(changed).stages().stream()
        .filter(planned -> planned.stage().name().equals(stage))
        .findFirst()
        .orElseThrow()
        .fingerprint();
  }

  @Test
  void aChangedFileIsSeenAndARenamedParentOfTheSourceIsNot() throws Exception {
    Path copy = Files.createDirectories(scratch.resolve("two").resolve("renamed"));
    for (int i = 2; i >= 0; i--) {
      Files.writeString(copy.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    Sketch moved = sketch.with("sources", "{code: {path: '%s'}}".formatted(copy));
    assertThat(toCompute(moved)).isEmpty();

    Files.writeString(copy.resolve("module1.py"), "total = 9 + 9\n");
    assertThat(toCompute(moved)).isEqualTo(allFrom("sources"));
  }

  @Test
  void otherEliminationReplaysWhatIsStoredAndAsksForTheRestOnly() throws Exception {
    var teacher = new ScriptedTeacher(Scripts::good);
    Chain.Run none =
        chain.run(sketch.with("evolve", "{rounds: 1, eliminate: none}"), engine, teacher);
    assertThat(none.computed())
        .contains("respond-1", "merge")
        .doesNotContain("respond-0", "evolve-1");
    assertThat(teacher.times()).isZero();
    assertThat(none.stage("respond-1").manifest().teacher().storeHits()).isEqualTo(3);

    Chain.Run judged =
        chain.run(sketch.with("evolve", "{rounds: 1, eliminate: rules+judge}"), engine, teacher);
    assertThat(judged.computed()).contains("evolve-1");
    assertThat(teacher.asked.keySet()).containsExactly("judge");
    assertThat(teacher.times()).isEqualTo(3);
  }
}
