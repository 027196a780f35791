package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Scores that were published, from the samples that were published with them. */
@EnabledIfSystemProperty(
    named = "seedwright.test.sandbox",
    matches = "true",
    disabledReason = "run with -Psandbox")
class EvaluatePublishedTest {
  @TempDir private Path folder;

  private Path generations;

  @BeforeEach
  void find() {
    Optional<String> data = Optional.ofNullable(System.getenv("SEEDWRIGHT_DATA"));
    assumeThat(data)
        .as("skipped: SEEDWRIGHT_DATA names no folder with published generations")
        .isPresent();
    generations = Path.of(data.orElseThrow()).resolve("generations");
  }

  @Test
  void wizardCoderHasItsPublishedScore() throws Exception {
    JsonNode said = evaluate("humaneval", "wizardcoder-15b-v1.0/humaneval-samples.jsonl.gz");

    assertThat(said.at("/verdicts/passed").asInt()).isEqualTo(98);
    assertThat(said.at("/passAtK/1").asDouble()).isEqualTo(98 / 164.0);
    assertThat(said.at("/oracle").toString()).isEqualTo("{\"tasks\":164,\"passed\":164}");
    assertThat(said.get("sandbox").asText()).startsWith("bubblewrap");
  }

  @Test
  void whatWizardCoderSaidIsExtractedAsItWas() throws Exception {
    JsonNode said =
        evaluate(
            "humaneval",
            "wizardcoder-15b-v1.0/humaneval-samples.jsonl.gz",
            "--extract",
            "wizardcoder",
            "--reply-key",
            "all_code");

    assertThat(said.at("/extraction/raw/passAtK/1").asDouble()).isZero();
    assertThat(said.at("/extraction/extracted/passAtK/1").asDouble()).isEqualTo(98 / 164.0);
  }

  @Test
  void waveCoderHasItsScoresOnBaseAndPlusTests() throws Exception {
    JsonNode said =
        evaluate("humaneval-plus@0.1.9", "wavecoder-ultra-6.7b/humaneval-samples.jsonl.gz");

    assertThat(said.at("/base/passAtK/1").asDouble()).isEqualTo(131 / 164.0);
    assertThat(said.at("/plus/passAtK/1").asDouble()).isEqualTo(123 / 164.0);
    assertThat(said.get("passAtK")).isEqualTo(said.at("/plus/passAtK"));
    assertThat(said.get("benchmark").asText()).isEqualTo("humaneval-plus");
  }

  private JsonNode evaluate(String benchmark, String samples, String... more) throws Exception {
    String[] arguments = new String[10 + more.length];
    System.arraycopy(
        new String[] {
          "evaluate",
          "--benchmark",
          benchmark,
          "--samples",
          generations.resolve(samples).toString(),
          "--out",
          folder.toString(),
          "--sandbox",
          "bubblewrap",
          "--json"
        },
        0,
        arguments,
        0,
        10);
    System.arraycopy(more, 0, arguments, 10, more.length);
    PrintStream before = System.out;
    var out = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(Main.run(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return new ObjectMapper().readTree(out.toByteArray());
  }
}
