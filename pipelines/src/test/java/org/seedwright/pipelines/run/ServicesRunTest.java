package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.engine.DirectEngine;

/** A whole run by each service. */
@Slow
class ServicesRunTest {
  @TempDir private Path scratch;

  @Test
  void whoServesAModelChangesNoRowAndNoFingerprint() throws Exception {
    Path sources = SmallCorpus.write(scratch.resolve("sources"), SmallCorpus.files());
    Sketch sketch =
        Sketch.of(sources)
            .with("shards", "1")
            .with("seeds", "{count: 4}")
            .with("respond", "{again: true}");
    Chain.Run first = run("openai", sketch);
    assertThat(first.stage("dataset").manifest().units().out()).isPositive();
    for (String service : List.of("anthropic", "gemini", "ollama", "mistral")) {
      Chain.Run run = run(service, sketch);
      assertThat(run.computed()).as(service).isEqualTo(first.computed());
      assertThat(run.hashes()).as(service).isEqualTo(first.hashes());
      assertThat(run.stages().stream().map(stage -> stage.manifest().fingerprint()))
          .as(service)
          .isEqualTo(first.stages().stream().map(s -> s.manifest().fingerprint()).toList());
    }

    Chain anthropic = Chain.in(scratch.resolve("anthropic"));
    try (var server = new ServiceServer()) {
      Chain.Run again =
          anthropic
              .beside(scratch.resolve("again"))
              .run(
                  sketch.with("teachers", teachers("gemini", server)).in(scratch.resolve("again")),
                  new DirectEngine(),
                  Map.of("SERVICE_KEY", "k"));
      assertThat(again.computed()).isEqualTo(first.computed());
      assertThat(again.hashes()).isEqualTo(first.hashes());
      assertThat(server.calls()).as("a reply that was bought elsewhere serves").isZero();
    }
  }

  private Chain.Run run(String service, Sketch sketch) throws Exception {
    Chain chain = Chain.in(scratch.resolve(service));
    try (var server = new ServiceServer()) {
      Chain.Run run =
          chain.run(
              sketch.with("teachers", teachers(service, server)).in(chain.home()),
              new DirectEngine(),
              Map.of("SERVICE_KEY", "k"));
      assertThat(run.paidCalls()).as("one was refused").isEqualTo(server.calls() - 1);
      return run;
    }
  }

  /** A model for each role, so that the script knows the role. */
  private static String teachers(String service, ServiceServer server) {
    var roles = new StringBuilder("{");
    for (String role : List.of("main", "instruct", "evolve", "respond", "judge")) {
      roles.append(
          "%s: {provider: %s, base-url: '%s/%s', model: %s, api-key-env: SERVICE_KEY, temperature: 0}, "
              .formatted(role, service, server.address(), service, role));
    }
    return roles.append("}").toString().replace(", }", "}");
  }
}
