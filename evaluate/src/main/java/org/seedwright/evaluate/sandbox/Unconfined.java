package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * No sandbox: programs run as this user, with this machine's files and network. Candidate and judge
 * are processes apart, and time, memory of each process and output have limits; nothing else is
 * held. For programs that somebody has read, and for machines without anything better.
 */
public final class Unconfined implements Sandbox {
  /** What has to be said before it is used. */
  public static final String WARNING =
      "sandbox none: programs written by a model run with your rights on this machine;"
          + " use --sandbox bubblewrap or docker for programs that you have not read";

  private final Path python;

  private Unconfined(Path python) {
    this.python = python;
  }

  /**
   * The first {@code python3} of the path.
   *
   * @throws SandboxUnavailableException if there is none
   */
  public static Unconfined here() {
    return new Unconfined(
        Commands.find("python3")
            .orElseThrow(
                () -> new SandboxUnavailableException("sandbox none needs python3 on the path")));
  }

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Link open() {
    try {
      Path box = Files.createTempDirectory("seedwright-box");
      List<String> command = new ArrayList<>(List.of(python.toString()));
      command.addAll(PythonParts.FLAGS);
      ProcessLink link = new ProcessLink(command, PythonParts.ENVIRONMENT, () -> remove(box));
      link.requests().write(Wire.start(box.toString(), true, 0));
      link.requests().flush();
      return link;
    } catch (IOException e) {
      throw new SandboxUnavailableException(
          "sandbox none does not start: %s".formatted(e.getMessage()), e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder that stays does no harm.
    }
  }
}
