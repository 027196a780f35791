package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.stage.ExampleSet;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;

/** Chains that begin with seed tasks, and cells that keep a part of a data set. */
class SelfInstructRunTest {
  private static LocalEngine engine;

  @TempDir private Path scratch;

  @BeforeAll
  static void makeEngine() {
    engine = new LocalEngine(1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  private static String script(String role, String prompt) {
    return role.equals("instruct")
        ? "4. Reverse the words of a sentence in place.\n"
            + "5. Describe a picture of a tall tree.\n"
            + "6. Sort numbers."
        : Scripts.good(role, prompt);
  }

  @Test
  void everyTaskThatWasAskedForIsARowOrLeftAtAGate() throws Exception {
    Path tasks =
        Files.writeString(
            scratch.resolve("seeds.jsonl"),
            """
            {"instruction": "Count the vowels of a text.", "instances": []}
            {"instruction": "Explain what a mutex is for."}
            {"instruction": "Mend the loop that never ends."}
            """);
    Sketch sketch =
        Sketch.of(scratch)
            .with("shards", "2")
            .with("teachers", ScriptedTeacher.TEACHERS)
            .with("sources", "{unused: {path: '%s'}}".formatted(scratch))
            .with(
                "instruct",
                "{method: self-instruct, tasks: '%s', requests: 2, tasks-per-request: 4, language:"
                        .formatted(tasks)
                    + " python, license: CC-BY-NC-4.0}");
    Chain chain = Chain.in(scratch.resolve("chain"));
    Chain.Run run = chain.run(sketch, engine, new ScriptedTeacher(SelfInstructRunTest::script));

    assertThat(run.rows("examples", "", ExampleSet.class))
        .hasSize(2)
        .allSatisfy(
            set ->
                assertThat(set.examples())
                    .containsExactlyInAnyOrder(
                        "Count the vowels of a text.",
                        "Explain what a mutex is for.",
                        "Mend the loop that never ends."));
    var units = run.stage("instruct").manifest().units();
    assertThat(units.attempted()).isEqualTo(8);
    assertThat(units.out()).isEqualTo(1);
    assertThat(units.rejected())
        .isEqualTo(
            Map.of("blocked-word", 2L, "too-few-words", 2L, "not-in-reply", 2L, "too-similar", 1L));
    Sample kept = run.rows("instruct", "", Sample.class).get(0);
    assertThat(kept.instruction()).isEqualTo("Reverse the words of a sentence in place.");
    assertThat(kept.response()).isEmpty();
    assertThat(kept.language()).isEqualTo("python");
    assertThat(kept.origin().path()).isEqualTo("seeds.jsonl");
    assertThat(kept.origin().license()).contains("CC-BY-NC-4.0");
    Rejection similar =
        run.rows("instruct", Rejection.TABLE, Rejection.class).stream()
            .filter(rejection -> rejection.reason().equals("too-similar"))
            .findFirst()
            .orElseThrow();
    assertThat(similar.evidence())
        .isEqualTo("ROUGE-L with %s is 1.0000, above 0.7".formatted(kept.id()));
    assertThat(kept.id()).isLessThan(similar.id());

    Sample row = run.rows("dataset", "", Sample.class).get(0);
    assertThat(row.id()).isEqualTo(kept.id());
    assertThat(row.response()).isPresent();
    assertThat(chain.run(sketch, new NoEngine(), ScriptedTeacher.refusing()).computed()).isEmpty();
    // What a plan says is what was asked.
    assertThat(
            Forecast.of(Chain.in(scratch.resolve("empty")).plan(sketch)).stream()
                .filter(stage -> !stage.asked().isEmpty())
                .collect(
                    Collectors.toMap(
                        stage -> stage.stage().stage().name(),
                        stage -> stage.asked().get(0).requests().most())))
        .isEqualTo(Map.of("instruct", 2L, "respond-0", 8L));
  }

  @Test
  void aPartOfADataSetCostsNoCallAndASmallerOneIsPartOfALargerOne() throws Exception {
    Path sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    var teacher = new ScriptedTeacher(Scripts::good);
    Map<String, Chain.Run> cells =
        Chain.in(scratch.resolve("chain"))
            .grid(
                Sketch.of(sources)
                    .with("shards", "1")
                    .with("teachers", ScriptedTeacher.TEACHERS)
                    .with("evolve", "{rounds: 1, eliminate: rules}")
                    .with(
                        "subset", "[{round: 1}, {rows: 4}, {round: 1, rows: 2}, {language: java}]"),
                engine,
                teacher);

    assertThat(cells.keySet())
        .containsExactly("whole", "round-1", "rows-4", "round-1_rows-2", "language-java");
    assertThat(teacher.times()).isEqualTo(9);
    assertThat(cells.get("whole").rows("dataset", "", Sample.class)).hasSize(6);
    assertThat(cells.get("round-1").computed()).containsExactly("subset", "dataset");
    assertThat(cells.get("round-1").rows("dataset", "", Sample.class))
        .hasSize(3)
        .allMatch(sample -> sample.round() == 1);
    assertThat(cells.get("rows-4").rows("dataset", "", Sample.class)).hasSize(4);
    assertThat(cells.get("round-1").rows("dataset", "", Sample.class))
        .containsAll(cells.get("round-1_rows-2").rows("dataset", "", Sample.class));
    assertThat(cells.get("language-java").rows("dataset", "", Sample.class)).isEmpty();
    assertThat(cells.get("rows-4").stage("subset").manifest().units().notSelected()).isEqualTo(2);
    assertThat(
            cells.get("rows-4").rows("subset", NotSelected.TABLE, NotSelected.class).stream()
                .map(NotSelected::evidence)
                .collect(Collectors.toSet()))
        .isEqualTo(
            Optional.of("4 rows of smaller digest are kept").stream().collect(Collectors.toSet()));
  }
}
