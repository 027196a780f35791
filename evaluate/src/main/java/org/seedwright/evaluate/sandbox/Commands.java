package org.seedwright.evaluate.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands of this machine, by their names. */
final class Commands {
  private Commands() {}

  /** Where a command is: on the path, or where root's commands are. */
  static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path),
            Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
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
