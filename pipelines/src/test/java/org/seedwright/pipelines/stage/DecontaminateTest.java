package org.seedwright.pipelines.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.pipelines.stage.TestSamples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.decontaminate.benchmark.ExactIndex;
import org.seedwright.evolve.instruct.Sample;

class DecontaminateTest {
  private static final String PROBLEM =
      "Return how many pairs of neighbouring arrival times lie at most five minutes apart.";
  private static final String SOLUTION =
      "def close_pairs(times):\n    return sum(b - a <= 5 for a, b in zip(times, times[1:]))\n";
  private static final ExactIndex INDEX =
      ExactIndex.of(
          List.of(
              new BenchmarkText("mine", "mine/1", "description", PROBLEM),
              new BenchmarkText("mine", "mine/1", "solution", SOLUTION)));

  @TempDir private Path folder;

  @Test
  void aProblemWithOtherCaseAndIndentationIsFoundWithItsSpan() throws IOException {
    String disguised = PROBLEM.toUpperCase(java.util.Locale.ROOT).replace(" ", "\n\t ");
    String instruction = "Here is a task.\n" + disguised + "\nUse Python.";
    String reindented = SOLUTION.replace("    ", "\t\t").replace("\n", "\r\n");
    String response = "Like so:\n```\n" + reindented + "```";
    var scratch = new Scratch(folder);
    scratch.run(
        pipeline -> {
          var split =
              Scratch.rows(
                      pipeline,
                      Sample.class,
                      List.of(
                          sample("clean", 0, "Sort the list.", "sorted(list)"),
                          sample("task", 0, instruction, "No idea."),
                          sample("both", 1, PROBLEM, response)))
                  .apply("Decontaminate", Decontaminate.exact(INDEX));
          scratch.write("clean", Sample.class, split.get(Decontaminate.CLEAN));
          scratch.write("rejected", Rejection.class, split.get(Decontaminate.REJECTED));
          scratch.write("hits", ContaminationHit.class, split.get(Decontaminate.HITS));
        });

    assertThat(scratch.read("clean", Sample.class)).extracting(Sample::id).containsExactly("clean");
    List<Rejection> rejected = scratch.read("rejected", Rejection.class);
    assertThat(rejected).extracting(Rejection::id).containsExactlyInAnyOrder("task", "both");
    assertThat(rejected).extracting(Rejection::reason).containsOnly("contaminated");
    assertThat(rejected)
        .filteredOn(one -> one.id().equals("both"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.evidence())
                    .isEqualTo(
                        "exact: mine mine/1, description in instruction [0,%d) and 1 more"
                            .formatted(PROBLEM.length())));

    List<ContaminationHit> hits = scratch.read("hits", ContaminationHit.class);
    assertThat(hits).hasSize(3).doesNotHaveDuplicates();
    assertThat(hits).extracting(ContaminationHit::id).doesNotHaveDuplicates();
    assertThat(hits).extracting(ContaminationHit::test).containsOnly("exact");
    assertThat(hits).extracting(ContaminationHit::taskId).containsOnly("mine/1");
    ContaminationHit hidden = hit(hits, "task", "instruction");
    assertThat(instruction.substring(hidden.start(), hidden.end())).isEqualTo(disguised);
    assertThat(hidden.part()).isEqualTo("description");
    ContaminationHit code = hit(hits, "both", "response");
    assertThat(response.substring(code.start(), code.end())).isEqualTo(reindented.strip());
    assertThat(code.part()).isEqualTo("solution");
    assertThat(hit(hits, "both", "instruction").end()).isEqualTo(PROBLEM.length());
  }

  @Test
  void aCutCopyIsFoundByItsRunsOfWordsOnWorkersToo() throws IOException {
    String cut = PROBLEM.substring(0, PROBLEM.length() * 4 / 5).replace(" ", ", ");
    var search =
        BenchmarkSearch.of(
            List.of(new BenchmarkText("mine", "mine/1", "description", PROBLEM)),
            new BenchmarkSearch.Tests(true, Optional.of(BenchmarkSearch.NGrams.defaults())));
    var scratch = new Scratch(folder.resolve("n-gram"));
    scratch.run(
        pipeline -> {
          var split =
              Scratch.rows(
                      pipeline,
                      Sample.class,
                      List.of(sample("cut", 0, "See: " + cut, "x"), sample("not", 0, "Sort.", "x")))
                  .apply("Decontaminate", Decontaminate.by(search));
          scratch.write("clean", Sample.class, split.get(Decontaminate.CLEAN));
          scratch.write("hits", ContaminationHit.class, split.get(Decontaminate.HITS));
        });

    assertThat(scratch.read("clean", Sample.class)).extracting(Sample::id).containsExactly("not");
    assertThat(scratch.read("hits", ContaminationHit.class))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.test()).isEqualTo("n-gram");
              assertThat(hit.start()).isEqualTo("See: ".length());
              assertThat(hit.coverage()).isBetween(0.5, 0.99);
            });
  }

  private static ContaminationHit hit(List<ContaminationHit> hits, String row, String column) {
    return hits.stream()
        .filter(hit -> hit.rowId().equals(row) && hit.column().equals(column))
        .findFirst()
        .orElseThrow();
  }
}
