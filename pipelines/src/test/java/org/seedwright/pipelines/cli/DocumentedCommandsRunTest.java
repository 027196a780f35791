package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.DocumentedCommand;
import org.seedwright.pipelines.Slow;
import picocli.CommandLine;

/** The commands of README and the pages that {@code documented-commands.txt} has run here. */
@Slow
class DocumentedCommandsRunTest {
  @TempDir private static Path folder;
  private static Map<String, String> replacements;

  @BeforeAll
  static void runTheQuickstartWithTwoAndThreeRounds() throws Exception {
    String quickstart = "../examples/quickstart/quickstart.yaml";
    assertThat(ended("run", quickstart)).isZero();
    Path home = Path.of("../examples/quickstart").toAbsolutePath().normalize();
    // store rekey writes the recording anew.
    Path recording = Files.copy(home.resolve("replies.jsonl"), folder.resolve("replies.jsonl"));
    String given = Files.readString(Path.of(quickstart), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> run :
        Map.of("two-rounds", "2", "three-rounds", "3").entrySet()) {
      Path file = folder.resolve(run.getKey() + ".yaml");
      Files.writeString(
          file,
          given
              .replace("name: quickstart", "name: " + run.getKey())
              .replace("rounds: 3", "rounds: " + run.getValue())
              .replace("recording: replies.jsonl", "recording: " + recording)
              .replace("{path: sources}", "{path: %s/sources}".formatted(home))
              .replace("./benchmark.jsonl", home + "/benchmark.jsonl"));
      assertThat(ended("run", file.toString())).isZero();
    }
    String id =
        StoryWorkspace.bare("show", "dataset", "--limit", "1", "--json", "--workspace", workspace())
            .json()
            .at("/first/0/id")
            .asText();
    String run = folder.resolve("ws/runs/quickstart").toString();
    replacements =
        Map.of(
            "ID", id,
            "RUN", "quickstart",
            "EXPERIMENT.yaml", folder.resolve("three-rounds.yaml").toString(),
            "other/workspace/runs/quickstart", run,
            "old/runs/quickstart", run,
            "workspace/runs/quickstart", run,
            "outstanding.jsonl", folder.resolve("outstanding.jsonl").toString());
  }

  private static String workspace() {
    return folder.resolve("ws").toString();
  }

  private static int ended(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    CommandLine.ParseResult parsed = DocumentedCommandsTest.commandLine().parseArgs(arguments);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    if (parsed.commandSpec().findOption("--workspace") != null) {
      all.addAll(List.of("--workspace", workspace()));
    }
    var printed = StoryWorkspace.bare(all.toArray(String[]::new));
    if (printed.exitCode() != ExitCode.DONE) {
      System.err.println(printed.out() + printed.err());
    }
    return printed.exitCode();
  }

  @TestFactory
  Stream<DynamicTest> itEndsWell() throws IOException {
    return DocumentedCommandsTest.entries().entrySet().stream()
        .filter(entry -> entry.getValue().group(1).equals("here"))
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> endsWell(entry.getKey())));
  }

  private static void endsWell(String command) {
    String[] arguments =
        new DocumentedCommand("", command)
            .arguments().stream()
                .map(word -> replacements.getOrDefault(word, word))
                .map(word -> word.startsWith("examples/") ? "../" + word : word)
                .toArray(String[]::new);
    assertThat(ended(arguments)).isZero();
  }
}
