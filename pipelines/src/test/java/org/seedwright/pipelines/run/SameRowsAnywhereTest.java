package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.teacher.RecordedTeacher;

/** One experiment and one store give the same bytes on every engine, from input in any order. */
@Slow
class SameRowsAnywhereTest {
  @TempDir private Path scratch;

  @Test
  void everyEngineAndEveryOrderOfTheInputGiveTheSameBytes() throws Exception {
    Map<String, byte[]> files = SmallCorpus.files();
    Path sources = SmallCorpus.write(scratch.resolve("sources"), files);
    Chain first = Chain.in(scratch.resolve("first"));
    Chain.Run filled;
    try (var simulated = SimulatedTeacher.start(0, SimulatorOptions.defaults())) {
      Sketch asking = sketch(sources, "[code, more]");
      filled =
          first.run(
              asking.with("teachers", Sketch.teacher(simulated.baseUrl())), new DirectEngine());
      assertThat(filled.paidCalls()).isEqualTo(simulated.received()).isGreaterThan(60);
    }
    theLedgersBalance(filled);
    theOddFilesAreRejected(filled);
    Map<String, String> expected = first.files();
    // Four parts of each table that a stage has.
    assertThat(expected).hasSizeGreaterThan(150);

    // Each run differs from the first in engine, parallelism and order of the input at once.
    for (int shuffle = 0; shuffle < 3; shuffle++) {
      Path elsewhere = scratch.resolve("moved to %d/sources".formatted(shuffle));
      SmallCorpus.write(elsewhere, SmallCorpus.shuffled(files, shuffle));
      String from = shuffle == 1 ? "[code, more]" : "[more, code]";
      try (var engine = new LocalEngine(1 << shuffle)) {
        same("shuffle-" + shuffle, sketch(elsewhere, from), engine, first, filled);
      }
    }
  }

  private void same(String folder, Sketch sketch, Engine engine, Chain first, Chain.Run filled)
      throws Exception {
    Chain chain = first.beside(scratch.resolve(folder));
    Chain.Run run = chain.run(sketch, engine, new RecordedTeacher());
    assertThat(run.computed()).as(folder).hasSize(filled.stages().size());
    assertThat(run.hashes()).as(folder).isEqualTo(filled.hashes());
    assertThat(run.stages().stream().map(stage -> stage.manifest().fingerprint()))
        .as(folder)
        .isEqualTo(filled.stages().stream().map(stage -> stage.manifest().fingerprint()).toList());
    assertThat(chain.files()).as(folder).isEqualTo(first.files());
  }

  /** Two sources: the whole, and a part of it under another name. */
  private static Sketch sketch(Path sources, String from) {
    return Sketch.of(sources)
        .with(
            "sources",
            "{code: {path: '%1$s'}, more: {path: '%1$s/py', license: MIT}}".formatted(sources))
        .with("seeds", "{from: %s, per-file: 2, count: 24}".formatted(from))
        .with("evolve", "{rounds: 2, eliminate: rules+judge}");
  }

  private static void theLedgersBalance(Chain.Run run) {
    for (StageOutcome stage : run.stages()) {
      stage.manifest().units().check(stage.manifest().stage());
      assertThat(stage.manifest().units().attempted()).as(stage.manifest().stage()).isPositive();
    }
    assertThat(run.stage("seeds").manifest().units().out()).isEqualTo(24);
    assertThat(run.stage("seeds").manifest().units().notSelected()).isPositive();
  }

  private static void theOddFilesAreRejected(Chain.Run run) throws Exception {
    var reasons = new TreeMap<String, Long>();
    for (Rejection rejection : run.rows("sources", Rejection.TABLE, Rejection.class)) {
      reasons.merge(rejection.reason(), 1L, Long::sum);
      if (rejection.reason().equals("secret")) {
        assertThat(rejection.toString()).doesNotContain("ghp_");
      }
    }
    assertThat(reasons)
        .isEqualTo(
            Map.of(
                "bad-utf8",
                2L,
                "nul-bytes",
                4L,
                "empty-file",
                2L,
                "secret",
                2L,
                "unknown-language",
                2L))
        .isEqualTo(run.stage("sources").manifest().units().rejected());
    assertThat(
            Files.readString(
                Path.of(run.stage("dataset").folder()).resolve("alpaca.jsonl"),
                StandardCharsets.UTF_8))
        .contains("\"mark\":\"simulated\"");
  }
}
