package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ExperimentOrderTest {

  private static final List<String> BLOCKS =
      List.of(
          "name: order\n",
          "seed: 3\n",
          "shards: 2\n",
          "teachers:\n  main: {provider: recorded, model: m, recording: replies.jsonl}\n",
          "limits: {concurrency: 2}\n",
          "sources:\n  code: {path: code}\n  more: {path: home}\n",
          "seeds: {from: [more, code], count: {rust: 1, java: 2}}\n",
          "instruct: {method: oss-instruct}\n",
          "respond: {again: true}\n",
          "evolve: {rounds: 2}\n",
          "deduplicate: {columns: [response]}\n",
          "decontaminate: {against: [mbpp]}\n");

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws Exception {
    folder = Files.createTempDirectory("experiment-order");
  }

  @AfterContainer
  static void removeFolder() throws Exception {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> shuffled() {
    return Arbitraries.shuffle(BLOCKS);
  }

  @Property(tries = 200, seed = "976")
  void theOrderOfTopLevelKeysMeansNothing(@ForAll("shuffled") List<String> blocks)
      throws Exception {
    Desk desk = new Desk(folder);
    Experiment experiment = desk.read(String.join("", blocks));
    Experiment inOrder = desk.read(String.join("", BLOCKS));

    assertThat(experiment).isEqualTo(inOrder);
    assertThat(experiment.resolvedJson()).isEqualTo(inOrder.resolvedJson());
  }
}
