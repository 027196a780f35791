package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.workspace.Units;

/** Of random corpora every file and every draw has one fate, and one only. */
class LedgerTest {
  private static final List<String> NAMES =
      List.of("%d.py", "a/%d.java", "a/b/%d.go", "%d.rs", "%d.unknown", "LICENSE-%d");
  private static final List<String> PIECES =
      List.of(
          "x = 1\n",
          "\n",
          "}\n",
          "import os\n",
          "# note\n",
          "caf\u00e9\n",
          "\u0000",
          "\uD83D\uDE00",
          "\r",
          "token = 'ghp_aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gH3j'\n");

  @TempDir private Path scratch;

  private static byte[] content(Random random) {
    var text = new StringBuilder();
    for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
      // The pieces that have a file rejected are the last ones, and rare.
      text.append(PIECES.get(random.nextInt(random.nextInt(8) == 0 ? PIECES.size() : 6)));
    }
    return text.toString()
        .getBytes(random.nextInt(8) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  @Test
  void attemptedIsOutAndRejectedAndNotSelected() throws Exception {
    for (int seed = 1; seed <= 4; seed++) {
      var random = new Random(seed);
      Path sources = scratch.resolve("sources-" + seed);
      int files = 20 + random.nextInt(30);
      for (int i = 0; i < files; i++) {
        Path file = sources.resolve(NAMES.get(random.nextInt(NAMES.size())).formatted(i));
        Files.createDirectories(file.getParent());
        Files.write(file, content(random));
      }
      int perFile = 1 + random.nextInt(4);
      Sketch sketch =
          Sketch.of(sources)
              .with(
                  "sources",
                  "{code: {path: '%s', languages: [python, java], max-file-bytes: 60}}"
                      .formatted(sources))
              .with("seeds", "{per-file: %d, count: {python: 3, go: 2}}".formatted(perFile));
      Chain.Run run = sourcesAndSeeds(sketch, scratch.resolve("chain-" + seed));

      List<SourceFile> kept = run.rows("sources", "", SourceFile.class);
      fatesOf("sources", run, files, kept.stream().map(SourceFile::id).toList());
      assertThat(kept).isNotEmpty().extracting(SourceFile::language).isSubsetOf("python", "java");
      List<SeedSnippet> seeds = run.rows("seeds", "", SeedSnippet.class);
      fatesOf(
          "seeds", run, (long) kept.size() * perFile, seeds.stream().map(SeedSnippet::id).toList());
      assertThat(seeds).hasSizeLessThanOrEqualTo(3);
    }
  }

  private static void fatesOf(String stage, Chain.Run run, long attempted, List<String> out)
      throws Exception {
    Units units = run.stage(stage).manifest().units();
    var ids = new ArrayList<>(out);
    run.rows(stage, Rejection.TABLE, Rejection.class).forEach(row -> ids.add(row.id()));
    run.rows(stage, NotSelected.TABLE, NotSelected.class).forEach(row -> ids.add(row.id()));
    assertThat(units.attempted()).isEqualTo(attempted);
    assertThat(units.out()).isEqualTo(out.size());
    assertThat(units.out() + units.rejectedInAll() + units.notSelected()).isEqualTo(attempted);
    assertThat(ids).hasSize((int) attempted).doesNotHaveDuplicates();
  }

  private static Chain.Run sourcesAndSeeds(Sketch sketch, Path folder) throws Exception {
    ExperimentPlan plan = Chain.in(folder).plan(sketch);
    return new Chain.Run(
        new StageRunner(new DirectEngine(), NoEngine::nobody, Chain.SILENT)
            .run(
                new ExperimentPlan(
                    plan.experiment(), plan.workspace(), plan.stages().subList(0, 2))));
  }
}
