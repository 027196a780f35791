package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;

/** A run that is killed with requests open goes on where it was, and buys nothing twice. */
class KilledRunTest {
  private static final int CAP = 2500;

  @TempDir private Path scratch;

  @Test
  void aKilledRunEndsLikeAnUndisturbedOneAndAsksForNothingThatIsStored() throws Exception {
    Path sources = SmallCorpus.write(scratch.resolve("sources"), SmallCorpus.files());
    Path log = scratch.resolve("simulator.jsonl");
    Chain killed = Chain.in(scratch.resolve("killed"));
    SimulatorOptions slow =
        SimulatorOptions.defaults().withLog(log).withLatency(Duration.ofMillis(150));
    Set<String> stored;
    int before;
    Chain.Run rerun;
    try (var simulated = SimulatedTeacher.start(0, slow)) {
      Sketch sketch = sketch(sources, simulated);
      sketch.in(killed.home());
      // In the middle of the second paid stage: 20 requests belong to the first.
      killAfter(30, simulated, killed.home().resolve("experiment.yaml"));
      stored = stored(killed, log);
      before = received(log).size();
      assertThat(stored).hasSizeGreaterThan(20);
      assertThat(before).isGreaterThan(stored.size());

      try (var engine = new LocalEngine(2)) {
        rerun = killed.run(sketch, engine);
      }
    }
    List<String> all = received(log);
    assertThat(all.subList(before, all.size())).doesNotContainAnyElementsOf(stored);
    var twice = new ArrayList<>(all);
    new HashSet<>(all).forEach(twice::remove);
    // Repeated are only requests that were open at the kill, and the journal knew them.
    assertThat(twice).hasSizeLessThanOrEqualTo(4).doesNotContainAnyElementsOf(stored);
    assertThat(
            rerun.stages().stream().mapToLong(stage -> stage.manifest().teacher().inDoubt()).sum())
        .as("open calls, and those journaled ahead of them")
        .isBetween((long) twice.size(), 8L);

    Chain undisturbed = Chain.in(scratch.resolve("undisturbed"));
    try (var simulated = SimulatedTeacher.start(0, SimulatorOptions.defaults());
        var engine = new LocalEngine(2)) {
      assertThat(undisturbed.run(sketch(sources, simulated), engine).hashes())
          .isEqualTo(rerun.hashes());
    }
    assertThat(killed.files()).isEqualTo(undisturbed.files());
  }

  private static Sketch sketch(Path sources, SimulatedTeacher simulated) {
    return Sketch.of(sources)
        .with("shards", "2")
        .with("teachers", Sketch.teacher(simulated.baseUrl()))
        .with("evolve", "{rounds: 1, eliminate: rules}");
  }

  private static void killAfter(int requests, SimulatedTeacher simulated, Path experiment)
      throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file"),
                "-cp",
                System.getProperty("java.class.path"),
                RunningAChain.class.getName(),
                experiment.toString())
            .redirectErrorStream(true)
            .redirectOutput(experiment.resolveSibling("child.log").toFile())
            .start();
    try {
      while (simulated.received() < requests) {
        assertThat(child.isAlive())
            .as(() -> "the child ended: " + experiment.resolveSibling("child.log"))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    // What the server was about to answer is in its log before it is read.
    TimeUnit.MILLISECONDS.sleep(300);
  }

  private static List<String> received(Path log) throws IOException {
    var json = new ObjectMapper();
    var keys = new ArrayList<String>();
    for (String line : Files.readAllLines(log)) {
      JsonNode event = json.readTree(line);
      if (event.get("event").textValue().equals("received")) {
        keys.add(event.get("key").textValue());
      }
    }
    return keys;
  }

  private static Set<String> stored(Chain chain, Path log) throws IOException {
    var stored = new HashSet<String>();
    try (var store = chain.open()) {
      for (String key : received(log)) {
        if (store.find(key, CAP).isPresent()) {
          stored.add(key);
        }
      }
    }
    return stored;
  }
}
