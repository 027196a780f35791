package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.evaluation.ScoreRow;
import org.seedwright.pipelines.evaluation.ScoresStage;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.TableFolder;

/** Scores answers to a few problems of one's own, written by the tests, so without isolation. */
class EvaluateCommandTest {
  private static final String ADD =
      problem("own/add", "def add(a, b):\n", "    return a + b\n", "assert add(1, 2) == 3");
  private static final String NEGATE =
      problem("own/negate", "def negate(a):\n", "    return -a\n", "assert negate(1) == -1");
  private static final String FIRST =
      problem("own/first", "def first(a):\n", "    return a[0]\n", "assert first('ab') == 'a'");
  private static final String BROKEN =
      problem("own/broken", "def broken(a):\n", "    return a\n", "assert broken(1) == 2");
  private static final String ALONE =
      "{\"task_id\":\"own/alone\",\"prompt\":\"Print 1.\",\"stdin\":\"\",\"stdout\":\"1\"}";

  @TempDir private Path folder;

  private record Printed(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  @Test
  void theScoreOfOwnProblemsIsSaidAsOneObject() throws Exception {
    benchmark(ADD, NEGATE, FIRST);
    samples(
        sample("own/add", "    return a + b\n"),
        sample("own/negate", "    return a\n"),
        sample("own/first", "    return a[0]\n"));

    Printed printed = evaluate("--json");

    assertThat(printed.err()).contains("sandbox none", "6 programs ran, 0 were known");
    assertThat(printed.exitCode()).isZero();
    assertThat(printed.json().fieldNames())
        .toIterable()
        .containsExactly(
            "benchmark",
            "version",
            "tasks",
            "samples",
            "passAtK",
            "interval",
            "verdicts",
            "oracle",
            "sandbox",
            "seconds");
    assertThat(printed.json().get("benchmark").asText()).isEqualTo("mine");
    assertThat(printed.json().get("tasks").asInt()).isEqualTo(3);
    assertThat(printed.json().get("passAtK").toString()).isEqualTo("{\"1\":0.6666666666666666}");
    assertThat(printed.json().get("verdicts").toString())
        .isEqualTo("{\"passed\":2,\"wrong-answer\":1}");
    assertThat(printed.json().get("oracle").toString()).isEqualTo("{\"tasks\":3,\"passed\":3}");
    assertThat(printed.json().get("sandbox").asText()).isEqualTo("none");
  }

  @Test
  void theTablesAreTheSameOnBothEnginesAndHoweverManyProgramsRunAtATime() throws Exception {
    benchmark(ADD, NEGATE, FIRST);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(sample("own/add", "    return a + b + " + i + "\n"));
      rows.add(sample("own/negate", "    return -a  # " + i + "\n"));
      rows.add(sample("own/first", "    return object()  # " + i + "\n"));
    }
    samples(rows.toArray(String[]::new));

    assertThat(evaluate(out("a"), "--k", "1,4", "--runner", "local", "--workers", "3").exitCode())
        .isZero();
    assertThat(evaluate(out("b"), "--k", "1,4", "--workers", "1", "--parallelism", "1").exitCode())
        .isZero();
    assertThat(evaluate(out("c"), "--k", "1,4", "--runner", "direct").exitCode()).isZero();

    assertThat(parts("a")).hasSizeGreaterThan(40).isEqualTo(parts("b")).isEqualTo(parts("c"));
  }

  @Test
  void whatRanIsKnownAndWhatIsThereIsReused() throws Exception {
    benchmark(ADD, NEGATE);
    samples(sample("own/add", "    return a + b\n"), sample("own/negate", "    return a\n"));
    assertThat(evaluate().err()).contains("4 programs ran, 0 were known");

    assertThat(evaluate().err()).contains("verdicts   2 rows, reused", "0 programs ran, 0 were");

    samples(sample("own/add", "    return a + b\n"), sample("own/negate", "    return -a - 0\n"));
    assertThat(evaluate().err()).contains("1 programs ran, 1 were known");
    assertThat(evaluate("--no-reuse").exitCode()).isEqualTo(2);
    assertThat(evaluate(out("anew"), "--no-reuse").err()).contains("4 programs ran, 0 were known");
  }

  @Test
  void noScoreIsSaidWhereAReferenceFailsUnlessItsTaskIsLeftOut() throws Exception {
    benchmark(ADD, BROKEN, FIRST);
    samples(
        sample("own/add", "    return a + b\n"),
        sample("own/broken", "    return 2\n"),
        sample("own/first", "    return a[0]\n"));

    Printed refused = evaluate("--json");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.json().at("/error/kind").asText()).isEqualTo("oracle");
    assertThat(refused.json().at("/error/message").asText())
        .contains("1 of 3 tasks fail here: own/broken (wrong-answer", "--allow-broken");

    Printed said = evaluate("--json", "--allow-broken");
    assertThat(said.exitCode()).isZero();
    assertThat(said.json().get("tasks").asInt()).isEqualTo(2);
    assertThat(said.json().get("verdicts").toString()).isEqualTo("{\"passed\":2}");
    assertThat(score("out").name()).startsWith("mine ").contains(", on 2 of 3 tasks, ");
  }

  @Test
  void aTaskWithoutAReferenceCountsOnRequestOnlyAndTheNameSaysSo() throws Exception {
    benchmark(ADD, ALONE);
    samples(sample("own/add", "    return a + b\n"), sample("own/alone", "print(int(True))\n"));

    assertThat(evaluate().err()).contains("own/alone", "--no-oracle");
    Printed said = evaluate("--no-oracle", "--json");
    assertThat(said.json().at("/passAtK/1").asDouble()).isEqualTo(1.0);
    assertThat(score("out").name()).endsWith(", no-oracle");
  }

  @Test
  void unknownRepeatedAndMissingTasksAreNamedAllAtOnce() throws Exception {
    benchmark(ADD, NEGATE, FIRST);
    samples(
        sample("own/add", "    return a + b\n"),
        sample("own/add", "    return a\n"),
        sample("own/ad", "    return a\n"),
        sample("own/negate", "    return -a\n"));

    Printed printed = evaluate("--json");

    assertThat(printed.exitCode()).isEqualTo(2);
    assertThat(printed.json().at("/error/kind").asText()).isEqualTo("samples");
    assertThat(printed.json().at("/error/problems").findValuesAsText("value"))
        .containsExactlyInAnyOrder("own/ad", "own/add", "own/first");
    assertThat(printed.json().at("/error/problems").findValuesAsText("line"))
        .containsExactlyInAnyOrder("3", "2", "0");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void samplesThatCannotBeReadAreAnErrorOfTheSamples() throws Exception {
    benchmark(ADD);
    samples(sample("own/add", "    return a + b\n"), "{\"task_id\":\"own/add\",\"solution\":[1]}");

    Printed printed = evaluate("--json");

    assertThat(printed.exitCode()).isEqualTo(2);
    assertThat(printed.json().at("/error/kind").asText()).isEqualTo("samples");
    JsonNode problem = printed.json().at("/error/problems/0");
    assertThat(problem.get("file").asText()).endsWith("samples.jsonl");
    assertThat(problem.get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("key").asText()).isEqualTo("solution");
    assertThat(problem.get("value").asText()).isEqualTo("[1]");
    assertThat(problem.get("range").asText()).isEqualTo("a string");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aBenchmarkThatCannotBeReadIsAnErrorOfTheBenchmark() throws Exception {
    benchmark(ADD, "{\"task_id\":\"own/none\"}");
    samples(sample("own/add", "    return a + b\n"));

    Printed printed = evaluate("--json");

    assertThat(printed.exitCode()).isEqualTo(2);
    assertThat(printed.json().at("/error/kind").asText()).isEqualTo("benchmark");
    assertThat(printed.json().at("/error/problems/0/line").asInt()).isEqualTo(2);
    assertThat(printed.json().at("/error/problems/0/key").asText()).isEqualTo("prompt");
  }

  @Test
  void aPartialSetIsScoredOnRequestOnly() throws Exception {
    benchmark(ADD, NEGATE, FIRST);
    samples(sample("own/negate", "    return -a\n"));

    assertThat(evaluate().exitCode()).isEqualTo(2);
    assertThat(evaluate("--partial").exitCode()).isZero();
    assertThat(score("out").name()).contains(", on 1 of 3 tasks, ");
  }

  @Test
  void rawAndExtractedScoresStandSideBySide() throws Exception {
    benchmark(ADD, NEGATE);
    samples(
        sample("own/add", "    return a + b\n```\nThis adds.\n"),
        sample("own/negate", "    return -a\n"));

    Printed printed = evaluate("--extract", "magicoder", "--json");

    assertThat(printed.json().at("/extraction/id").asText()).isEqualTo("magicoder");
    assertThat(printed.json().at("/extraction/raw/passAtK/1").asDouble()).isEqualTo(0.5);
    assertThat(printed.json().at("/extraction/extracted/passAtK/1").asDouble()).isEqualTo(1.0);
    assertThat(printed.json().at("/passAtK/1").asDouble()).isEqualTo(1.0);
  }

  @Test
  void wrongUsageIsNamed() throws Exception {
    benchmark(ADD);
    samples(sample("own/add", "    return a + b\n"));

    assertThat(evaluate("--extract", "wizard").err()).contains("no extraction is called 'wizard'");
    assertThat(evaluate("--workers", "0").err()).contains("--workers must be 1 to 1024");
    assertThat(evaluate("--k", "0").err()).contains("--k must be 1 or more");
    assertThat(evaluate("--decoding", "t = 1").err()).contains("--decoding must have no spaces");
    assertThat(evaluate("--eval-results", "x.json").err()).contains("HumanEval+ and MBPP+");
    Printed unknown =
        command("evaluate", "--benchmark", "humanevil", "--samples", "s", "--out", out("x")[1]);
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("'humanevil'", "humaneval-plus", ".jsonl");
  }

  private static String problem(String id, String prompt, String solution, String test) {
    return "{\"task_id\":\"%s\",\"prompt\":\"%s\",\"canonical_solution\":\"%s\",\"test_list\":[\"%s\"]}"
        .formatted(id, escaped(prompt), escaped(solution), test);
  }

  private static String sample(String id, String completion) {
    return "{\"task_id\":\"%s\",\"completion\":\"%s\"}".formatted(id, escaped(completion));
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n");
  }

  private void benchmark(String... problems) throws IOException {
    Files.write(folder.resolve("mine.jsonl"), List.of(problems));
  }

  private void samples(String... rows) throws IOException {
    Files.write(folder.resolve("samples.jsonl"), List.of(rows));
  }

  private String[] out(String name) {
    return new String[] {"--out", folder.resolve(name).toString()};
  }

  private Printed evaluate(String... more) {
    return evaluate(out("out"), more);
  }

  private Printed evaluate(String[] out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--benchmark",
                folder.resolve("mine.jsonl").toString(),
                "--samples",
                folder.resolve("samples.jsonl").toString(),
                "--sandbox",
                "none"));
    arguments.addAll(List.of(out));
    arguments.addAll(List.of(more));
    return command(arguments.toArray(String[]::new));
  }

  private static Printed command(String... arguments) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int exitCode = Main.run(arguments);
      return new Printed(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  /** The bytes of every part but those of measurements, by path. */
  private Map<String, String> parts(String out) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    Path root = folder.resolve(out).resolve("stages");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".parquet")).toList()) {
        String path = root.relativize(file).toString();
        if (!path.contains("measurements")) {
          parts.put(path, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return parts;
  }

  private ScoreRow score(String out) throws IOException {
    try (Stream<Path> stages = Files.list(folder.resolve(out).resolve("stages"))) {
      Path scores =
          stages
              .filter(stage -> stage.getFileName().toString().startsWith("scores-"))
              .findFirst()
              .orElseThrow();
      return ScoresStage.read(
              new TableFolder(scores.toString(), "", new Shards(Shards.DEFAULT_COUNT)))
          .get(0);
    }
  }
}
