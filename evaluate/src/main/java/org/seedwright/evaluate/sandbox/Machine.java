package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Commands and files of a machine, as the looks ask for them.
 *
 * @param root the folder that its files are in: {@code /}
 * @param path folders of commands
 * @param environment variables that commands get, besides PATH
 * @param asRoot whether this process is root's
 */
record Machine(Path root, List<Path> path, Map<String, String> environment, boolean asRoot) {
  private static final int PATIENCE_SECONDS = 20;
  private static final int LINE_CHARACTERS = 300;

  /**
   * What came of a command.
   *
   * @param exit its exit status; 127 where there is no such command or it did not end in time
   * @param line the first line that it printed
   */
  record Said(int exit, String line) {
    boolean well() {
      return exit == 0;
    }
  }

  static Machine here() {
    return new Machine(Path.of("/"), Commands.path(), System.getenv(), Commands.asRoot());
  }

  Optional<Path> find(String command) {
    return Commands.find(path, command);
  }

  boolean has(String file) {
    return Files.exists(root.resolve(file));
  }

  /** The number that a file of the kernel holds, if it is there. */
  Optional<String> setting(String file) {
    try {
      return Optional.of(Files.readString(root.resolve(file)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A shell's command as root. */
  String elevated(String command) {
    if (asRoot) {
      return command;
    }
    return command.matches("[\\w./ =-]+")
        ? "sudo " + command
        : "sudo sh -c '%s'".formatted(command);
  }

  String installing(String packages) {
    return elevated("apt-get update && apt-get install -y " + packages);
  }

  Said say(String... words) throws InterruptedException {
    Optional<Path> command = find(words[0]);
    if (command.isEmpty()) {
      return new Said(127, "there is no command " + words[0]);
    }
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.set(0, command.get().toString());
    try {
      Path printed = Files.createTempFile("seedwright-look", ".txt");
      try {
        return said(all, printed);
      } finally {
        Files.deleteIfExists(printed);
      }
    } catch (IOException e) {
      return new Said(127, "%s: %s".formatted(words[0], e.getMessage()));
    }
  }

  private Said said(List<String> command, Path printed) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", String.join(":", path.stream().map(Path::toString).toList()));
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return new Said(127, "no answer within %d s".formatted(PATIENCE_SECONDS));
      }
    } finally {
      process.destroyForcibly();
    }
    String text = new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
    String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
    return new Said(
        process.exitValue(), line.substring(0, Math.min(line.length(), LINE_CHARACTERS)).strip());
  }
}
