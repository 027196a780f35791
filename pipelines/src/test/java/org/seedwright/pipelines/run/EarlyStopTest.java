package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.stage.TooManyRejectsException;
import org.seedwright.pipelines.table.CanonicalJson;

/** A teacher that does not do what it is asked for is not paid for all of it. */
class EarlyStopTest {
  @TempDir private Path scratch;

  private Sketch sketch(int files) throws IOException {
    Path sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < files; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    return Sketch.of(sources).with("shards", "2").with("teachers", ScriptedTeacher.TEACHERS);
  }

  /** Answers so many of 16 prompts of a role with something else; which, is in the prompt. */
  private static ScriptedTeacher spoiling(String role, int share, String reply) {
    return new ScriptedTeacher(
        (asked, prompt) ->
            asked.equals(role) && isSpoilt(prompt, share) ? reply : Scripts.good(asked, prompt));
  }

  private static boolean isSpoilt(String prompt, int share) {
    return Character.digit(CanonicalJson.digest(prompt).charAt(0), 16) < share;
  }

  @Test
  void moreThanHalfOfTheFirstFiftyRejectedStopTheStepAndKeepGoingPaysForTheRestOnly()
      throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch sketch = sketch(300);
    var bad = spoiling("instruct", 13, "I would\u001b[2J rather\ntalk about the weather.");

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), bad))
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageMatching(
            "(?s)instruct-answer: the parser rejects [34]\\d of the first 50 replies, so no more are asked for; those that came are stored. To go on all the same, run the same command with --keep-going. For example:\n  instruct/.*")
        .hasMessageContaining(": markers-missing: ")
        .hasMessageContaining("; the reply begins: I would [2J rather talk about the weather.")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
    // What was taken up ahead of the fiftieth may be on its way.
    assertThat(bad.times()).isBetween(50, 250);

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), bad))
        .isInstanceOf(TooManyRejectsException.class);
    assertThat(bad.times()).as("what is stored is judged again, not asked").isLessThan(300);

    Chain.Run run = chain.runOnAndOn(sketch, new DirectEngine(), bad);

    assertThat(bad.times("instruct")).isEqualTo(300);
    assertThat(bad.asked.get("instruct")).doesNotHaveDuplicates();
    long spoilt = bad.asked.get("instruct").stream().filter(prompt -> isSpoilt(prompt, 13)).count();
    assertThat(run.stage("instruct").manifest().units().rejected())
        .isEqualTo(Map.of("markers-missing", spoilt));
  }

  @Test
  void fewerThanHalfRejectedGoOn() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));

    Chain.Run run = chain.run(sketch(60), new DirectEngine(), spoiling("instruct", 5, "None."));

    assertThat(run.stage("instruct").manifest().units().rejectedInAll()).isBetween(10L, 25L);
  }

  @Test
  void whatTheMethodEliminatesIsNoReject() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch judged = sketch(55).with("evolve", "{rounds: 1, eliminate: rules+judge}");
    var equal = spoiling("judge", 16, "Equal");

    Chain.Run run = chain.run(judged, new DirectEngine(), equal);

    assertThat(run.stage("evolve-1").manifest().units().rejected())
        .containsEntry("equal-to-parent", 55L);
  }

  @Test
  void aJudgeThatCannotDecideIsStopped() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch judged = sketch(55).with("evolve", "{rounds: 1, eliminate: rules+judge}");

    assertThatThrownBy(
            () -> chain.run(judged, new DirectEngine(), spoiling("judge", 16, "Who knows?")))
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageStartingWith("evolve-1-judge-answer: the parser rejects 50 of the first 50")
        .hasMessageContaining("equality-undecided");
  }
}
