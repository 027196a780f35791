package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.Rejection;

/** The round loop of Evol-Instruct, with three seeds that fare differently. */
class RoundLoopTest {
  private static final List<String> NAMES = List.of("alpha", "beta", "gamma");

  @TempDir private Path scratch;
  private Path sources;

  /** One engine for both tests, as for all stages of a command. */
  private static LocalEngine engine;

  @BeforeAll
  static void makeEngine() {
    engine = new LocalEngine(1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void writeSources() throws Exception {
    sources = Files.createDirectories(scratch.resolve("sources"));
    for (String name : NAMES) {
      Files.writeString(sources.resolve(name + ".py"), name + " = 1\n");
    }
  }

  private Sketch sketch(int rounds, String eliminate) {
    return Sketch.of(sources)
        .with("shards", "1")
        .with("teachers", ScriptedTeacher.TEACHERS)
        .with("limits", "{concurrency: 1}")
        .with("evolve", "{rounds: %d, eliminate: %s}".formatted(rounds, eliminate));
  }

  private static String name(String text) {
    return NAMES.stream().filter(text::contains).findFirst().orElseThrow();
  }

  private static String instruct(String prompt) {
    return Scripts.problem("Sort the values of %s.".formatted(name(prompt)));
  }

  private Chain.Run run(String folder, Sketch sketch, ScriptedTeacher teacher) throws Exception {
    return Chain.in(scratch.resolve(folder)).run(sketch, engine, teacher);
  }

  private static Map<String, String> rejected(Chain.Run run, String stage) throws Exception {
    var reasons = new TreeMap<String, String>();
    for (Rejection rejection : run.rows(stage, Rejection.TABLE, Rejection.class)) {
      String told = rejection.row().orElse("") + rejection.calls();
      reasons.put(rejection.id(), rejection.reason());
      assertThat(told).isNotEmpty();
      assertThat(rejection.reply()).isPresent();
    }
    return reasons;
  }

  private static Map<String, PoolEntry> pool(Chain.Run run, int round) throws Exception {
    var pool = new TreeMap<String, PoolEntry>();
    for (PoolEntry entry : run.rows("respond-" + round, PoolEntry.TABLE, PoolEntry.class)) {
      pool.put(name(entry.sample().instruction()), entry);
    }
    assertThat(pool).hasSize(3);
    return pool;
  }

  @Test
  void aChildTakesTheParentsPlaceAndAFailedOneLeavesItWithAnotherHeuristicToTry() throws Exception {
    var cases = new AtomicInteger();
    var answers = new AtomicInteger();
    var teacher =
        new ScriptedTeacher(
            (role, prompt) -> {
              if (role.equals("instruct")) {
                return instruct(prompt);
              }
              if (role.equals("evolve")) {
                // Nothing ever becomes of beta.
                return name(Scripts.parent(prompt)).equals("beta")
                    ? ""
                    : "%s\nCase %d.".formatted(Scripts.parent(prompt), cases.incrementAndGet());
              }
              int answer = prompt.contains("gamma") ? answers.incrementAndGet() : 9;
              return answer == 1
                  ? "Sorry, that is too much."
                  : answer == 2 ? "... the, of: and - !" : "```\nsorted(values)\n```";
            });
    Chain.Run run = run("loop", sketch(6, "rules"), teacher);

    for (int round = 1; round <= 6; round++) {
      Map<String, PoolEntry> before = pool(run, round - 1);
      Map<String, PoolEntry> after = pool(run, round);
      assertThat(after.get("alpha").sample().round()).isEqualTo(round);
      assertThat(after.get("alpha").sample().parentId()).contains(before.get("alpha").id());
      assertThat(after.get("alpha").tried()).isEmpty();
      assertThat(after.get("beta").sample()).isEqualTo(before.get("beta").sample());
      assertThat(after.get("beta").tried()).hasSize(round);
      assertThat(after.get("beta").tried().subList(0, round - 1))
          .isEqualTo(before.get("beta").tried());
      // Of the units of a round none is lost, and no carried parent is one of the next stage.
      assertThat(run.stage("evolve-" + round).manifest().units().attempted()).isEqualTo(3);
      assertThat(run.stage("evolve-" + round).manifest().units().rejected())
          .containsExactly(entry("empty-reply", 1L));
      assertThat(run.stage("respond-" + round).manifest().units().attempted()).isEqualTo(2);
    }
    List<String> tried = pool(run, 6).get("beta").tried();
    assertThat(new HashSet<>(tried.subList(0, 5)))
        .isEqualTo(new HashSet<>(Heuristics.code().ids()));
    assertThat(Heuristics.code().ids()).contains(tried.get(5));

    assertThat(pool(run, 2).get("gamma").tried()).hasSize(2).doesNotHaveDuplicates();
    assertThat(pool(run, 3).get("gamma").tried()).isEmpty();
    assertThat(rejected(run, "respond-1").values()).containsExactly("sorry-response");
    assertThat(rejected(run, "respond-2").values()).containsExactly("only-stop-words");
    assertThat(rejected(run, "respond-3")).isEmpty();

    // Rounds 0 to 6 of alpha; beta as it came; gamma as it came and rounds 3 to 6.
    List<Sample> merged = run.rows("merge", "", Sample.class);
    assertThat(merged).extracting(Sample::id).doesNotHaveDuplicates();
    var rounds = new TreeMap<String, List<Integer>>();
    for (String name : NAMES) {
      rounds.put(
          name,
          merged.stream()
              .filter(sample -> name(sample.instruction()).equals(name))
              .map(Sample::round)
              .sorted()
              .toList());
    }
    assertThat(rounds)
        .isEqualTo(
            Map.of(
                "alpha", List.of(0, 1, 2, 3, 4, 5, 6),
                "beta", List.of(0),
                "gamma", List.of(0, 3, 4, 5, 6)));
  }

  @Test
  void eliminationAsksAndRejectsWhatItIsNamedFor() throws Exception {
    Map<String, List<Integer>> asked = new TreeMap<>();
    Map<String, Long> kept = new TreeMap<>();
    for (String eliminate : List.of("none", "rules+judge")) {
      var teacher =
          new ScriptedTeacher(
              (role, prompt) ->
                  switch (role) {
                    case "instruct" -> instruct(prompt);
                    case "evolve" -> Scripts.parent(prompt) + "\nDo it twice.";
                    case "judge" ->
                        prompt.contains("alpha")
                            ? "Equal"
                            : prompt.contains("beta") ? "Hard to say." : "Not equal";
                    default -> prompt.contains("gamma") ? "Sorry, no." : "sorted(values)";
                  });
      Chain.Run run = run(eliminate.replace('+', '-'), sketch(1, eliminate), teacher);
      asked.put(
          eliminate,
          List.of(
              teacher.times("instruct"),
              teacher.times("evolve"),
              teacher.times("judge"),
              teacher.times("respond")));
      kept.put(eliminate, run.stage("respond-1").manifest().units().out());
      assertThat(rejected(run, "respond-1").values())
          .containsExactlyElementsOf(
              eliminate.equals("none") ? List.of() : List.of("sorry-response"));
      assertThat(rejected(run, "evolve-1").values())
          .containsExactlyInAnyOrderElementsOf(
              eliminate.equals("rules+judge")
                  ? List.of("equal-to-parent", "equality-undecided")
                  : List.of());
    }

    assertThat(asked)
        .isEqualTo(Map.of("none", List.of(3, 3, 0, 3), "rules+judge", List.of(3, 3, 3, 1)));
    assertThat(kept).isEqualTo(Map.of("none", 3L, "rules+judge", 0L));
  }
}
