package org.seedwright.evaluate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evaluate.PublishedData;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.ExecutableBenchmark;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.Verdict;

/**
 * Published EvalPlus results taken for our own verdicts: the scores must come to the published
 * ones, and the file that is written must say what the published one says.
 */
class PublishedResultsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TestFactory
  Stream<DynamicTest> scoresAndResultsAreThePublishedOnes() {
    return Stream.of(
        published("wavecoder-ultra-6.7b/humaneval", "humaneval-plus@0.1.9", 131, 122),
        published("wavecoder-ultra-6.7b/mbpp", "mbpp-plus@0.1.0", 303, 253),
        published("codeqwen1.5-7b-base/humaneval", "humaneval-plus@0.1.9", 85, 75),
        published("codeqwen1.5-7b-base/mbpp", "mbpp-plus@0.1.0", 290, 240),
        published("codeqwen1.5-7b-chat-awq/humaneval", "humaneval-plus@0.1.9", 137, 128),
        published("codeqwen1.5-7b-chat-awq/mbpp", "mbpp-plus@0.1.0", 314, 266),
        published("qwen2.5-coder-1.5b-base/humaneval", "humaneval-plus@0.1.9", 72, 60),
        published("qwen2.5-coder-1.5b-base/mbpp", "mbpp-plus@0.1.0", 276, 234));
  }

  private static DynamicTest published(String set, String id, int base, int plus) {
    return DynamicTest.dynamicTest(
        set,
        () -> {
          JsonNode published =
              read(PublishedData.file("generations/%s-eval_results.json.gz".formatted(set)));
          ExecutableBenchmark benchmark = Benchmarks.executable(id);
          TaskSet tasks = PublishedData.tasks(id);
          List<Judged> judged = new ArrayList<>();
          List<EvalResults.Entry> entries = new ArrayList<>();
          for (Task task : tasks.tasks()) {
            JsonNode one = published.get("eval").get(task.id()).get(0);
            Outcome outcome = outcome((Calls) task.tests(), one);
            judged.add(new Judged(task.id(), task.problem().family(), 0, outcome));
            entries.add(
                new EvalResults.Entry(task.id(), 0, one.get("solution").textValue(), outcome));
          }
          assertThat(Score.of(TestSet.BASE, judged, List.of(1, 10)).passAt1())
              .isEqualTo((double) base / tasks.tasks().size());
          Score score = Score.of(TestSet.ALL, judged, List.of(1, 10));
          assertThat(score.passAtK()).containsOnlyKeys(1);
          assertThat(score.passAt1()).isEqualTo((double) plus / tasks.tasks().size());

          ByteArrayOutputStream out = new ByteArrayOutputStream();
          EvalResults.write(
              out,
              tasks,
              benchmark.file().evalPlusHash(id, PublishedData.folder()),
              LocalDateTime.of(2024, 4, 16, 17, 48),
              false,
              entries);
          JsonNode written = JSON.readTree(out.toByteArray());
          assertThat(written.get("date").textValue()).isEqualTo("2024-04-16 17:48");
          assertThat(written.get("hash")).isEqualTo(published.get("hash"));
          for (Task task : tasks.tasks()) {
            assertThat(comparable(written, task)).isEqualTo(comparable(published, task));
          }
        });
  }

  /** EvalPlus writes the sets among the inputs of Mbpp/115 in an order of its own. */
  private static JsonNode comparable(JsonNode results, Task task) {
    JsonNode generations = results.get("eval").get(task.id());
    if (task.id().equals("Mbpp/115")) {
      generations.forEach(one -> ((ObjectNode) one).remove("plus_fail_tests"));
    }
    return generations;
  }

  @Test
  void otherBenchmarksHaveNoSuchFile() {
    TaskSet humanEval = PublishedData.tasks("humaneval");
    List<EvalResults.Entry> entries =
        List.of(
            new EvalResults.Entry(
                "HumanEval/0",
                0,
                "",
                new Outcome(Verdict.PASSED, List.of(), "", new Measurement(0, 0, 0))));
    assertThatThrownBy(
            () ->
                EvalResults.write(
                    OutputStream.nullOutputStream(),
                    humanEval,
                    "",
                    LocalDateTime.of(2024, 1, 1, 0, 0),
                    false,
                    entries))
        .hasMessage(
            "eval_results.json is of EvalPlus's data sets, but humaneval is task HumanEval/0");
  }

  private static Outcome outcome(Calls calls, JsonNode published) throws IOException {
    GroupOutcome base = group(calls, 0, published);
    GroupOutcome plus = group(calls, 1, published);
    Verdict verdict = base.verdict() == Verdict.PASSED ? plus.verdict() : base.verdict();
    return new Outcome(verdict, List.of(base, plus), "", new Measurement(0, 0, 0));
  }

  /** The published file names the last test that ran; all before it passed. */
  private static GroupOutcome group(Calls calls, int number, JsonNode published)
      throws IOException {
    String name = calls.groups().get(number).name();
    String status = published.get(name + "_status").textValue();
    JsonNode failed = published.get(name + "_fail_tests");
    JsonNode inputs = JSON.readTree(calls.groups().get(number).inputs().text());
    StringBuilder tests = new StringBuilder();
    if (!failed.isEmpty()) {
      assertThat(failed).hasSize(1);
      for (JsonNode input : inputs) {
        if (input.equals(failed.get(0))) {
          tests.append('0');
          break;
        }
        tests.append('1');
      }
    }
    Verdict verdict =
        switch (status) {
          case "pass" -> Verdict.PASSED;
          case "timeout" -> Verdict.TIMEOUT;
          default -> Verdict.WRONG_ANSWER;
        };
    return new GroupOutcome(name, verdict, tests.toString(), status);
  }

  private static JsonNode read(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }
}
