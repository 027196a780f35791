package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.DocumentedCommand;
import picocli.CommandLine;

/**
 * Every command that README and the pages show is run here, or by the test that {@code
 * documented-commands.txt} names, or stands there with the reason why none runs it.
 */
class DocumentedCommandsTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern ENTRY =
      Pattern.compile("(here|by (?<file>\\S+)|not run: (?<reason>.+?)) \\| (?<command>.+)");

  @TempDir private static Path folder;
  private static Map<String, String> replacements;

  private static Map<String, Matcher> entries() throws IOException {
    var entries = new LinkedHashMap<String, Matcher>();
    try (var in = DocumentedCommandsTest.class.getResourceAsStream("documented-commands.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        Matcher entry = ENTRY.matcher(line);
        assertThat(entry.matches()).as(line).isTrue();
        assertThat(entries.put(entry.group("command"), entry)).as("twice: %s", line).isNull();
      }
    }
    return entries;
  }

  @Test
  void everyCommandOfThePagesHasAnEntryAndEveryEntryACommand() throws Exception {
    var shown = new LinkedHashMap<String, String>();
    for (DocumentedCommand command : DocumentedCommand.all()) {
      shown.putIfAbsent(command.words(), command.where());
    }
    var unlisted = new LinkedHashMap<>(shown);
    unlisted.keySet().removeAll(entries().keySet());
    assertThat(unlisted).as("commands without an entry in documented-commands.txt").isEmpty();
    var unshown = new LinkedHashSet<>(entries().keySet());
    unshown.removeAll(shown.keySet());
    assertThat(unshown).as("entries whose command no page shows").isEmpty();
  }

  @Test
  void aTestThatIsNamedIsThereAndRunsSuchACommand() throws Exception {
    for (Map.Entry<String, Matcher> entry : entries().entrySet()) {
      String file = entry.getValue().group("file");
      if (file == null) {
        continue;
      }
      String source = Files.readString(REPOSITORY.resolve(file), StandardCharsets.UTF_8);
      for (String word : named(entry.getKey())) {
        assertThat(source)
            .as("%s is to run %s", file, entry.getKey())
            .containsPattern("(?<![a-z-])" + Pattern.quote(word) + "(?![a-z-])");
      }
    }
  }

  /** The words that say what a command does: with ours the subcommands, else the program. */
  private static List<String> named(String command) {
    var shown = new DocumentedCommand("", command);
    if (!shown.isOurs()) {
      return List.of(command.split(" ")[0].replaceFirst("^.*/", ""));
    }
    var names = new ArrayList<String>();
    CommandLine here = commandLine();
    for (String word : shown.arguments()) {
      if (!here.getSubcommands().containsKey(word)) {
        break;
      }
      names.add(word);
      here = here.getSubcommands().get(word);
    }
    assertThat(names).as(command).isNotEmpty();
    return names;
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Test
  void theCommandLineUnderstandsEachOfOurs() throws Exception {
    for (DocumentedCommand command : DocumentedCommand.all()) {
      // A command in a sentence may leave out what it is about.
      if (command.isOurs() && command.arguments().size() > 1) {
        assertThatCode(() -> commandLine().parseArgs(command.arguments().toArray(String[]::new)))
            .as("%s: %s", command.where(), command.words())
            .doesNotThrowAnyException();
      }
    }
  }

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
    CommandLine.ParseResult parsed = commandLine().parseArgs(arguments);
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
    return entries().entrySet().stream()
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
