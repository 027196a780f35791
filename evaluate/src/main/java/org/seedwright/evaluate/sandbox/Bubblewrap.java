package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slots as namespaces of this machine, made by the command {@code bwrap}: no network, no process
 * but its own, only {@code /usr} to read and a folder in memory to write to, no capability, no
 * variable of this process's environment. Started by root, it runs as nobody.
 *
 * <p>A control group limits the memory and the processes of a slot. Where this process may make
 * none the name is {@code bubblewrap-no-cgroup}: fork bombs and memory bombs of many processes are
 * then not contained.
 */
public final class Bubblewrap implements Sandbox {
  private static final String BOX = "/box";
  private static final String NOBODY = "65534";

  /** Becomes a member of the groups that come first, then the command. */
  private static final String JOIN =
      "while [ \"$1\" != -- ]; do echo $$ > \"$1\" || exit 1; shift; done; shift; exec \"$@\"";

  private final Path bwrap;
  private final Path python;
  private final SandboxSettings settings;
  private final boolean grouped;

  private Bubblewrap(Path bwrap, Path python, SandboxSettings settings, boolean grouped) {
    this.bwrap = bwrap;
    this.python = python;
    this.settings = settings;
    this.grouped = grouped;
  }

  /**
   * Slots with a control group if that can be made here, else without.
   *
   * @throws SandboxUnavailableException if {@code bwrap} or Python is not installed
   */
  public static Bubblewrap of(SandboxSettings settings) {
    ControlGroup.removeOldOnes();
    Optional<ControlGroup> group = ControlGroup.make(settings);
    group.ifPresent(ControlGroup::close);
    return of(settings, group.isPresent());
  }

  /**
   * Slots without a control group.
   *
   * @throws SandboxUnavailableException if {@code bwrap} or Python is not installed
   */
  public static Bubblewrap withoutControlGroup(SandboxSettings settings) {
    return of(settings, false);
  }

  private static Bubblewrap of(SandboxSettings settings, boolean grouped) {
    Path bwrap =
        Commands.find("bwrap")
            .orElseThrow(
                () ->
                    new SandboxUnavailableException(
                        "sandbox bubblewrap needs the command bwrap: apt-get install bubblewrap"));
    Path python = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(python)) {
      throw new SandboxUnavailableException(
          "sandbox bubblewrap needs %s: apt-get install python3".formatted(python));
    }
    return new Bubblewrap(bwrap, python, settings, grouped);
  }

  @Override
  public String name() {
    return grouped ? "bubblewrap" : "bubblewrap-no-cgroup";
  }

  @Override
  public Link open() {
    Optional<ControlGroup> group = grouped ? ControlGroup.make(settings) : Optional.empty();
    if (grouped && group.isEmpty()) {
      throw new SandboxUnavailableException("no control group can be made any more");
    }
    Runnable afterwards = () -> group.ifPresent(ControlGroup::close);
    try {
      ProcessLink link = new ProcessLink(command(group), Map.of(), afterwards);
      // Bombs meet the control group; without one the user's own limit of processes is better
      // than none, where that user is nobody and shares it with no one else.
      int processes = !grouped && Commands.asRoot() ? 4 * settings.processes() : 0;
      link.requests().write(Wire.start(BOX, false, processes));
      link.requests().flush();
      return link;
    } catch (IOException e) {
      afterwards.run();
      throw new SandboxUnavailableException(
          "sandbox bubblewrap does not start: %s".formatted(e.getMessage()), e);
    }
  }

  private List<String> command(Optional<ControlGroup> group) {
    List<String> command = new ArrayList<>();
    if (group.isPresent()) {
      command.addAll(List.of("/bin/sh", "-c", JOIN, "join"));
      group.get().members().forEach(file -> command.add(file.toString()));
      command.add("--");
    }
    if (Commands.asRoot()) {
      String setpriv = Commands.find("setpriv").map(Path::toString).orElse("setpriv");
      command.addAll(List.of(setpriv, "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(bwrap.toString());
    command.addAll(
        List.of("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"));
    command.addAll(List.of("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"));
    for (String folder : List.of("lib", "lib32", "lib64", "libx32")) {
      if (Files.isDirectory(Path.of("/" + folder))) {
        command.addAll(List.of("--symlink", "usr/" + folder, "/" + folder));
      }
    }
    if (Files.isDirectory(Path.of("/etc/alternatives"))) {
      // Debian's numpy finds its linear algebra through here.
      command.addAll(List.of("--ro-bind", "/etc/alternatives", "/etc/alternatives"));
    }
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    command.addAll(List.of("--size", Long.toString(settings.boxBytes()), "--tmpfs", BOX));
    command.addAll(List.of("--chdir", BOX, "--clearenv"));
    PythonParts.ENVIRONMENT.forEach(
        (name, value) -> command.addAll(List.of("--setenv", name, value)));
    command.add(python.toString());
    command.addAll(PythonParts.FLAGS);
    return command;
  }
}
