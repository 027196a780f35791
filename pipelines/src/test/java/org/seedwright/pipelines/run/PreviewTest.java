package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.LocalEngine;

/** A preview is the beginning of the full run: nothing that it asked for is asked again. */
@Slow
class PreviewTest {
  @TempDir private Path scratch;

  @Test
  void theFullRunHasThePreviewsSeedsAndAsksForNoneOfItsRepliesAgain() throws Exception {
    Path sources = SmallCorpus.write(scratch.resolve("sources"), SmallCorpus.files());
    for (String count : List.of("12", "{python: 4, java: 2, go: 3}")) {
      Chain chain = Chain.in(scratch.resolve("chain" + count.length()));
      Sketch sketch =
          Sketch.of(sources)
              .with("shards", "2")
              .with("teachers", ScriptedTeacher.TEACHERS)
              .with("seeds", "{count: %s}".formatted(count))
              .with("evolve", "{rounds: 2, eliminate: rules+judge}");
      var teacher = new ScriptedTeacher(Scripts::good);
      var whole = sketch.in(chain.home());
      try (var engine = new LocalEngine(2)) {
        Chain.Run preview = chain.run(chain.plan(whole.withSeeds(4)), engine, teacher, false);
        assertThat(preview.rows("seeds", "", SeedSnippet.class)).hasSize(4);
        assertThat(preview.stage("dataset").manifest().units().out()).isEqualTo(12);
        int asked = teacher.times();

        Chain.Run full = chain.run(chain.plan(whole), engine, teacher, false);

        assertThat(full.rows("seeds", "", SeedSnippet.class))
            .containsAll(preview.rows("seeds", "", SeedSnippet.class))
            .hasSizeGreaterThanOrEqualTo(9);
        assertThat(full.computed()).doesNotContain("sources").contains("seeds", "instruct");
        long hits =
            full.stages().stream()
                .filter(stage -> !stage.reused())
                .mapToLong(stage -> stage.manifest().teacher().storeHits())
                .sum();
        assertThat(hits).as("every reply of the preview").isEqualTo(asked);
        var prompts = new ArrayList<String>();
        teacher.asked.forEach(
            (role, put) -> put.forEach(prompt -> prompts.add(role + " " + prompt)));
        assertThat(new HashSet<>(prompts)).hasSameSizeAs(prompts);
      }
    }
  }
}
