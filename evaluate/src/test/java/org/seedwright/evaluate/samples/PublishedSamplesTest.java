package org.seedwright.evaluate.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.samples.Generation.Form;

/** Reads the real generations where SEEDWRIGHT_DATA names the folder that holds them. */
class PublishedSamplesTest {
  @TestFactory
  Stream<DynamicTest> everyPublishedSetIsWhole() {
    return Stream.of(
        set("wavecoder-ultra-6.7b/humaneval", "humaneval-plus@0.1.9", 1, Form.SOLUTION),
        set("wavecoder-ultra-6.7b/mbpp", "mbpp-plus@0.1.0", 1, Form.SOLUTION),
        set("codeqwen1.5-7b-base/humaneval", "humaneval-plus@0.1.9", 1, Form.SOLUTION),
        set("codeqwen1.5-7b-base/mbpp", "mbpp-plus@0.1.0", 1, Form.SOLUTION),
        set("codeqwen1.5-7b-chat-awq/humaneval", "humaneval-plus@0.1.9", 1, Form.SOLUTION),
        set("codeqwen1.5-7b-chat-awq/mbpp", "mbpp-plus@0.1.0", 1, Form.SOLUTION),
        set("qwen2.5-coder-1.5b-base/humaneval", "humaneval-plus@0.1.9", 1, Form.COMPLETION),
        set("qwen2.5-coder-1.5b-base/mbpp", "mbpp-plus@0.1.0", 1, Form.COMPLETION),
        set("wizardcoder-15b-v1.0/humaneval", "humaneval", 1, Form.COMPLETION),
        set("evol-replit-v1/humaneval", "humaneval", 1, Form.COMPLETION),
        set("codegen-16b-mono-n20/humaneval", "humaneval", 20, Form.COMPLETION));
  }

  private static DynamicTest set(String set, String benchmark, int perTask, Form form) {
    return DynamicTest.dynamicTest(
        set,
        () -> {
          List<String> ids = List.copyOf(PublishedData.tasks(benchmark).byId().keySet());
          Samples samples =
              Samples.read(
                  PublishedData.file("generations/%s-samples.jsonl.gz".formatted(set)),
                  ids,
                  SamplesReading.whole());
          assertThat(samples.perTask()).isEqualTo(perTask);
          assertThat(samples.generations()).hasSize(ids.size() * perTask);
          assertThat(samples.generations()).allMatch(generation -> generation.form() == form);
        });
  }
}
