package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.stage.TooManyRejectsException;

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

  /** Rejects so many of each hundred prompts of a role. */
  private static ScriptedTeacher rejecting(String role, int rejected, String reply) {
    var count = new AtomicInteger();
    return new ScriptedTeacher(
        (asked, prompt) ->
            asked.equals(role) && count.getAndIncrement() % 100 < rejected
                ? reply
                : Scripts.good(asked, prompt));
  }

  @Test
  void moreThanHalfOfTheFirstFiftyRejectedStopTheStepAndKeepGoingPaysForTheRestOnly()
      throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch sketch = sketch(300);
    var bad = rejecting("instruct", 100, "I would\u001b[2J rather\ntalk about the weather.");

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), bad))
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageStartingWith(
            "instruct-answer: the parser rejects 50 of the first 50 replies, so no more are asked for; those that came are stored. To go on all the same, run the same command with --keep-going. For example:\n  instruct/")
        .hasMessageContaining(": markers-missing: ")
        .hasMessageContaining("; the reply begins: I would [2J rather talk about the weather.")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
    // What was taken up ahead of the fiftieth may be on its way.
    assertThat(bad.times()).isBetween(50, 250);

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), bad))
        .isInstanceOf(TooManyRejectsException.class);
    assertThat(bad.times()).as("what is stored is judged again, not asked").isLessThan(300);

    Chain.Run run = chain.runOnAndOn(sketch, new DirectEngine(), bad);

    assertThat(bad.times()).isEqualTo(300);
    assertThat(bad.asked.get("instruct")).doesNotHaveDuplicates();
    assertThat(run.stage("instruct").manifest().units().rejectedInAll()).isEqualTo(300);
  }

  @Test
  void fewerThanHalfRejectedGoOn() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));

    Chain.Run run = chain.run(sketch(60), new DirectEngine(), everySecond());

    assertThat(run.stage("instruct").manifest().units().rejectedInAll()).isEqualTo(27L);
  }

  private static ScriptedTeacher everySecond() {
    var count = new AtomicInteger();
    return new ScriptedTeacher(
        (role, prompt) ->
            count.getAndIncrement() % 20 < 9 ? "no markers" : Scripts.good(role, prompt));
  }

  @Test
  void whatTheMethodEliminatesIsNoReject() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch judged = sketch(55).with("evolve", "{rounds: 1, eliminate: rules+judge}");
    var equal = rejecting("judge", 100, "Equal");

    Chain.Run run = chain.run(judged, new DirectEngine(), equal);

    assertThat(run.stage("evolve-1").manifest().units().rejected())
        .containsEntry("equal-to-parent", 55L);
  }

  @Test
  void aJudgeThatCannotDecideIsStopped() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch judged = sketch(55).with("evolve", "{rounds: 1, eliminate: rules+judge}");

    assertThatThrownBy(
            () -> chain.run(judged, new DirectEngine(), rejecting("judge", 100, "Who knows?")))
        .isInstanceOf(TooManyRejectsException.class)
        .hasMessageStartingWith("evolve-1-judge-answer: the parser rejects 50 of the first 50")
        .hasMessageContaining("equality-undecided");
  }
}
