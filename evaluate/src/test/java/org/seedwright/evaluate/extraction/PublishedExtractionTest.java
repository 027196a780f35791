package org.seedwright.evaluate.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Samples;
import org.seedwright.evaluate.samples.SamplesReading;

/** Reads the real generations where SEEDWRIGHT_DATA names the folder that holds them. */
class PublishedExtractionTest {
  @TestFactory
  Stream<DynamicTest> wizardCodersCompletionsAreExtractedFromTheirReplies() {
    return Stream.of("wizardcoder-15b-v1.0", "evol-replit-v1")
        .map(
            set ->
                DynamicTest.dynamicTest(
                    set,
                    () -> {
                      Map<String, Task> tasks = tasks("humaneval");
                      Path file =
                          PublishedData.file(
                              "generations/%s/humaneval-samples.jsonl.gz".formatted(set));
                      List<Generation> published = read(file, tasks, SamplesReading.whole());
                      List<Generation> replies =
                          read(file, tasks, SamplesReading.whole().withReplyKey("all_code"));
                      Extraction wizardCoder = Extractions.named("wizardcoder", source -> false);
                      assertThat(replies).hasSize(164);
                      assertThat(
                              replies.stream()
                                  .map(one -> wizardCoder.extract(one, tasks.get(one.taskId()))))
                          .isEqualTo(published);
                    }));
  }

  /** The digests are those of what EvalPlus 0.3.1's own function returned on CPython 3.11. */
  @TestFactory
  Stream<DynamicTest> theLegacySanitizerReturnsWhatEvalPlussReturns() {
    return Stream.of(
        sanitized(
            "wavecoder-ultra-6.7b/mbpp",
            "mbpp-plus@0.1.0",
            "5e5eeb014a2bba68679377352efe0623a880a0150e062e0a343ba81dc8123f60"),
        sanitized(
            "codeqwen1.5-7b-base/humaneval",
            "humaneval-plus@0.1.9",
            "30dd5d6565dd8055de9273f33eff2a52857f97a0638c45cfd68412cfb939aef3"),
        sanitized(
            "codeqwen1.5-7b-base/mbpp",
            "mbpp-plus@0.1.0",
            "30d02bc72cd9629469ff9db2372ffaf7e85c3c602a42743de5714c1b23f4d45a"),
        sanitized(
            "qwen2.5-coder-1.5b-base/humaneval",
            "humaneval-plus@0.1.9",
            "b19b5e78495872a417bac3a7ed0a52e9acd51fb234cd79f05ce3bb98e94a8b7a"),
        sanitized(
            "qwen2.5-coder-1.5b-base/mbpp",
            "mbpp-plus@0.1.0",
            "f42dbe4b347a6187c4964cd5d10e86f5ce2db299d70735c2fd36240e59617299"),
        sanitized(
            "evol-replit-v1/humaneval",
            "humaneval-plus@0.1.9",
            "3756c91b1144e4819cf9a191c9d532d7b95d247d4142f6fe2b4ee1e8143f5b11"),
        sanitized(
            "codegen-16b-mono-n20/humaneval",
            "humaneval-plus@0.1.9",
            "90086cb818e19e2f0e61eb5f2ce5891d47508936c45becd63969160f9e2cb840"));
  }

  private static DynamicTest sanitized(String set, String benchmark, String digest) {
    return DynamicTest.dynamicTest(
        set,
        () -> {
          Map<String, Task> tasks = tasks(benchmark);
          List<Generation> generations =
              read(
                  PublishedData.file("generations/%s-samples.jsonl.gz".formatted(set)),
                  tasks,
                  SamplesReading.whole());
          MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
          try (PythonParser python = new PythonParser("python3")) {
            Extraction legacy = Extractions.named("evalplus-legacy", python);
            generations.stream()
                .sorted(Comparator.comparingInt(one -> one.place().line()))
                .map(one -> legacy.extract(one, tasks.get(one.taskId())))
                .forEach(
                    one ->
                        sha256.update(
                            "%s\0%s\0"
                                .formatted(one.taskId(), one.text())
                                .getBytes(StandardCharsets.UTF_8)));
          }
          assertThat(HexFormat.of().formatHex(sha256.digest())).isEqualTo(digest);
        });
  }

  private static List<Generation> read(Path file, Map<String, Task> tasks, SamplesReading reading) {
    return Samples.read(file, tasks.keySet(), reading).generations();
  }

  private static Map<String, Task> tasks(String benchmark) {
    return PublishedData.tasks(benchmark).byId();
  }
}
