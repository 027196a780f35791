package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Backoff;
import org.seedwright.pipelines.teacher.Price;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.teacher.TeacherException;
import org.seedwright.pipelines.teacher.Terms;
import org.seedwright.pipelines.workspace.Spend;
import org.seedwright.pipelines.workspace.TeacherUse;

/** What a run spends: told in its manifests, bounded by its budget. */
@Slow
class SpendTest {
  private static final int SEEDS = 8;

  /** Ten tokens in and ten out, at one and two dollars for a million. */
  private static final long REPLY = 30_000;

  @TempDir private Path scratch;
  private Sketch sketch;

  @BeforeEach
  void writeSources() throws IOException {
    Path sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < SEEDS; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    sketch =
        Sketch.of(sources)
            .with("shards", "2")
            .with("teachers", ScriptedTeacher.TEACHERS)
            .with("evolve", "{rounds: 1, eliminate: rules+judge}");
  }

  /** Answers by the script, for money, and notes the worst case of what it was asked. */
  private static final class Paid implements Teacher {
    final ScriptedTeacher script = new ScriptedTeacher(Scripts::good);
    final Set<Long> worstOfInstruct = ConcurrentHashMap.newKeySet();

    @Override
    public Terms terms() {
      return new Terms(Backoff.ONCE, new Price(BigDecimal.ONE, BigDecimal.valueOf(2)));
    }

    @Override
    public Reply ask(TeacherRequest request, int cap) throws TeacherException {
      if (request.model().equals("instruct")) {
        worstOfInstruct.add(terms().price().worst(request, cap).nanoUsd());
      }
      return script.ask(request, cap);
    }
  }

  private static Budget usd(long nano) {
    return new Budget(OptionalLong.empty(), OptionalLong.of(nano));
  }

  private static TeacherUse use(Chain.Run run, String stage) {
    return run.stage(stage).manifest().teacher();
  }

  @Test
  void theManifestTellsWhatEachHeuristicOfEachRoundCost() throws Exception {
    var run = Chain.in(scratch.resolve("chain")).run(sketch, new DirectEngine(), new Paid());

    assertThat(use(run, "instruct").spend())
        .containsExactly(
            new Spend(
                "instruct",
                0,
                "",
                SEEDS,
                SEEDS,
                SEEDS * REPLY,
                SEEDS * 10,
                SEEDS * 10,
                SEEDS * REPLY));
    List<Spend> evolved = use(run, "evolve-1").spend();
    assertThat(evolved.stream().map(Spend::role).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("evolve", "judge");
    assertThat(evolved).allMatch(line -> line.round() == 1 && line.heuristic().contains("@"));
    for (String role : List.of("evolve", "judge")) {
      assertThat(
              evolved.stream()
                  .filter(line -> line.role().equals(role))
                  .mapToLong(Spend::repliesNanoUsd)
                  .sum())
          .isEqualTo(SEEDS * REPLY);
    }
    assertThat(heuristics(use(run, "respond-1"), "respond"))
        .as("an answer belongs to the heuristic that made its instruction")
        .isEqualTo(heuristics(use(run, "evolve-1"), "evolve"));
    assertThat(use(run, "evolve-1").paidNanoUsd()).isEqualTo(2 * SEEDS * REPLY);
    assertThat(use(run, "evolve-1").failedNanoUsd()).isZero();
    assertThat(use(run, "merge")).isEqualTo(TeacherUse.NONE);
  }

  private static Set<String> heuristics(TeacherUse use, String role) {
    return use.spend().stream()
        .filter(line -> line.role().equals(role))
        .map(Spend::heuristic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aRunStopsAtItsBudgetAndGoesOnWithALargerOne() throws Exception {
    var undisturbed = new Paid();
    Chain whole = Chain.in(scratch.resolve("whole"));
    var hashes = whole.run(sketch, new DirectEngine(), undisturbed).hashes();
    assertThat(undisturbed.worstOfInstruct).hasSize(1);
    long worst = undisturbed.worstOfInstruct.iterator().next();
    Chain chain = Chain.in(scratch.resolve("chain"));
    var paid = new Paid();

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), paid, usd(worst - 1)))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageContaining("8 requests have no reply; with a larger budget in limits")
        .hasMessageContaining("the next request may cost up to");
    assertThat(paid.script.times()).as("less than one request").isZero();

    Budget three = usd(worst + 2 * REPLY);
    for (int rerun = 0; rerun < 2; rerun++) {
      assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), paid, three))
          .isInstanceOf(StageStoppedException.class)
          .hasMessageContaining("5 requests have no reply");
      assertThat(paid.script.times()).isEqualTo(3);
    }
    try (var store = chain.open(three)) {
      assertThat(store.account().committed()).isEqualTo(new Cost(60, 3 * REPLY));
    }

    Chain.Run last = chain.run(sketch, new DirectEngine(), paid, usd(10 * worst));
    assertThat(last.hashes()).isEqualTo(hashes);
    assertThat(paid.script.times()).isEqualTo(undisturbed.script.times());
    assertThat(use(last, "instruct").paidNanoUsd()).isEqualTo(5 * REPLY);
    assertThat(use(last, "instruct").repliesNanoUsd()).isEqualTo(SEEDS * REPLY);
  }

  @Test
  void pricesAndBudgetsChangeNoFingerprintAndNoTable() throws Exception {
    Chain free = Chain.in(scratch.resolve("free"));
    free.run(sketch, new DirectEngine(), new ScriptedTeacher(Scripts::good));
    Chain priced = Chain.in(scratch.resolve("priced"));
    Sketch told =
        sketch
            .with(
                "teachers",
                ScriptedTeacher.TEACHERS.replace(
                    "attempts:", "price: {input: 1, output: 2}, attempts:"))
            .with("limits", "{concurrency: 2, budget-usd: 20, budget-tokens: 10000000}");
    priced.run(told, new DirectEngine(), new Paid());

    assertThat(fingerprints(priced, told)).isEqualTo(fingerprints(free, sketch));
    assertThat(priced.files()).isEqualTo(free.files());
  }

  private static List<String> fingerprints(Chain chain, Sketch sketch) throws Exception {
    return chain.plan(sketch).stages().stream().map(PlannedStage::fingerprint).toList();
  }
}
