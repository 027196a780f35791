package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.extraction.Extractions;
import org.seedwright.evaluate.oracle.BrokenOracleException;
import org.seedwright.evaluate.samples.Samples;
import org.seedwright.evaluate.samples.SamplesReading;
import org.seedwright.evaluate.sandbox.Link;
import org.seedwright.evaluate.sandbox.Sandbox;
import org.seedwright.evaluate.sandbox.Slots;
import org.seedwright.evaluate.score.ScoreBlockedException;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.evaluation.AnswersStage;
import org.seedwright.pipelines.evaluation.BenchmarkPlace;
import org.seedwright.pipelines.evaluation.OracleStage;
import org.seedwright.pipelines.evaluation.SandboxKind;
import org.seedwright.pipelines.evaluation.VerdictsStage;
import org.seedwright.pipelines.evaluation.Workbench;
import org.seedwright.pipelines.execution.ExecutionStore;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.workspace.Workspace;

/** A machine on which every slot ends with its first program. */
class BlockedScoreTest {
  private static final String READY =
      "{\"ready\":{\"implementation\":\"CPython\",\"python\":\"3.11.2\",\"numpy\":\"none\","
          + "\"machine\":\"x86_64\",\"landlock\":0}}\n";

  @TempDir private Path folder;

  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void verdictsOfTheMachineAreTriedAgainAndNeverPublished() throws Exception {
    assertThatThrownBy(
            () ->
                run(
                    (set, bench) ->
                        List.of(answers(set), new VerdictsStage(set, bench.settings(), false))))
        .isInstanceOf(ScoreBlockedException.class)
        .hasMessageContaining("the machine failed on 1 of 1 generations")
        .hasMessageContaining("own/one generation 0: sandbox-unavailable");
    // The first slot, then two for each of three tries: the first of them is taken over.
    assertThat(opened).hasValue(6);
    assertThat(manifests()).hasSize(1).allMatch(file -> file.contains("answers-"));
  }

  @Test
  void referencesThatTheMachineFailedOnAreNotCalledBroken() throws Exception {
    assertThatThrownBy(() -> run((set, bench) -> List.of(new OracleStage(set, bench.settings()))))
        .isInstanceOf(BrokenOracleException.class)
        .hasMessageContaining("the machine failed on the references of 1 tasks");
    assertThat(manifests()).isEmpty();
  }

  private interface Chain {
    List<Stage> of(TaskSet set, Workbench bench);
  }

  private void run(Chain chain) throws Exception {
    Path file = folder.resolve("mine.jsonl");
    Files.writeString(
        file,
        "{\"task_id\":\"own/one\",\"prompt\":\"def one():\\n\",\"canonical_solution\":\"    return"
            + " 1\\n\",\"test_list\":[\"assert one() == 1\"]}\n");
    BenchmarkPlace place = BenchmarkPlace.of(file);
    TaskSet set = place.read();
    Slots slots = Slots.of(new Ending(opened), 1);
    try (var known = ExecutionStore.open(folder.resolve("executions.sqlite"));
        var bench = Workbench.open(place, set, SandboxKind.NONE, 1, slots, known, true);
        var engine = new DirectEngine()) {
      var plan = StagePlan.of(new Workspace(folder.toString()), 2, chain.of(set, bench));
      var unused = new StageRunner(engine, (a, b, c, d, e, f) -> null, new Silent()).run(plan);
    }
  }

  private AnswersStage answers(TaskSet set) {
    Path samples = folder.resolve("samples.jsonl");
    try {
      Files.writeString(samples, "{\"task_id\":\"own/one\",\"completion\":\"    return 1\\n\"}\n");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return AnswersStage.of(
        set,
        Samples.read(samples, set.byId().keySet(), SamplesReading.whole()),
        List.of(Extractions.named("none", source -> true)));
  }

  private List<String> manifests() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).filter(file -> file.endsWith("_manifest.json")).toList();
    }
  }

  private record Silent() implements RunListener {
    @Override
    public void started(PlannedStage stage) {}

    @Override
    public void finished(StageOutcome stage) {}
  }

  private record Ending(AtomicInteger opened) implements Sandbox {
    @Override
    public String name() {
      return "ending";
    }

    @Override
    public Link open() {
      opened.incrementAndGet();
      return new Link() {
        private final InputStream answers =
            new ByteArrayInputStream(READY.getBytes(StandardCharsets.UTF_8));

        @Override
        public OutputStream requests() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream answers() {
          return answers;
        }

        @Override
        public String complaint() {
          return "";
        }

        @Override
        public void close() {}
      };
    }
  }
}
