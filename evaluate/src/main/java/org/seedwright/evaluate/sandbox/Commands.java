package org.seedwright.evaluate.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands of this machine, by their names. */
final class Commands {
  private Commands() {}

  /** Folders of commands: those of the path, and where root's commands are. */
  static List<Path> path() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path),
            Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
        .filter(folder -> !folder.isBlank())
        .distinct()
        .map(Path::of)
        .toList();
  }

  /** Where a command is: on the path, or where root's commands are. */
  static Optional<Path> find(String name) {
    return find(path(), name);
  }

  /** Where a command is, in the first of these folders that has it. */
  static Optional<Path> find(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether this process is root's. */
  static boolean asRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
