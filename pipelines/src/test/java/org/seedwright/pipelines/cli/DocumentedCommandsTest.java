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
import org.junit.jupiter.api.Test;
import org.seedwright.pipelines.DocumentedCommand;
import picocli.CommandLine;

/**
 * Every command that README and the pages show stands in {@code documented-commands.txt}: run by
 * {@link DocumentedCommandsRunTest} or by the test that is named there, or with the reason why none
 * runs it.
 */
class DocumentedCommandsTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern ENTRY =
      Pattern.compile("(here|by (?<file>\\S+)|not run: (?<reason>.+?)) \\| (?<command>.+)");

  /** The entries of the list, by their commands. */
  static Map<String, Matcher> entries() throws IOException {
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

  static CommandLine commandLine() {
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
}
