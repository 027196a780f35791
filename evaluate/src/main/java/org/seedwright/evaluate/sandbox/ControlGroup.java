package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control group of Linux that limits memory and processes of everything in it: a folder in each
 * of two hierarchies with version 1, one folder with version 2.
 */
final class ControlGroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String PREFIX = "seedwright-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,10})-\\d+");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final List<Path> folders;

  private ControlGroup(List<Path> folders) {
    this.folders = folders;
  }

  /** A new group, or none where this process may make none. */
  static Optional<ControlGroup> make(SandboxSettings settings) {
    try {
      return Optional.of(tryToMake(settings));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Why this process may make none; nothing where it may. */
  static Optional<String> refusal(SandboxSettings settings) {
    try {
      tryToMake(settings).close();
      return Optional.empty();
    } catch (AccessDeniedException e) {
      return Optional.of("no right to write " + e.getFile());
    } catch (NoSuchFileException e) {
      return Optional.of("there is no " + e.getFile());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ControlGroup tryToMake(SandboxSettings settings) throws IOException {
    String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    List<Path> made = new ArrayList<>();
    try {
      if (Files.isDirectory(ROOT.resolve("memory")) && Files.isDirectory(ROOT.resolve("pids"))) {
        Path memory = child(ROOT.resolve("memory"), name, made);
        write(memory, "memory.limit_in_bytes", settings.memoryBytes());
        Path swap = memory.resolve("memory.memsw.limit_in_bytes");
        if (Files.exists(swap)) {
          write(memory, swap.getFileName().toString(), settings.memoryBytes());
        }
        write(child(ROOT.resolve("pids"), name, made), "pids.max", settings.processes());
      } else {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+memory +pids");
        Path group = child(ROOT, name, made);
        write(group, "memory.max", settings.memoryBytes());
        if (Files.exists(group.resolve("memory.swap.max"))) {
          write(group, "memory.swap.max", 0);
        }
        write(group, "pids.max", settings.processes());
      }
      return new ControlGroup(made);
    } catch (IOException e) {
      made.forEach(ControlGroup::remove);
      throw e;
    }
  }

  /** Files that take the number of a process which is to be in the group. */
  List<Path> members() {
    return folders.stream().map(folder -> folder.resolve("cgroup.procs")).toList();
  }

  /** Kills what is still in it and removes it. */
  @Override
  public void close() {
    for (Path folder : folders) {
      for (int tries = 0; tries < 100 && Files.isDirectory(folder) && !remove(folder); tries++) {
        killMembers(folder);
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** Removes empty groups that processes which are no more have left. */
  static void removeOldOnes() {
    for (Path parent : List.of(ROOT, ROOT.resolve("memory"), ROOT.resolve("pids"))) {
      try (DirectoryStream<Path> old = Files.newDirectoryStream(parent, PREFIX + "*")) {
        for (Path folder : old) {
          Matcher name = NAME.matcher(folder.getFileName().toString());
          if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
            remove(folder);
          }
        }
      } catch (IOException e) {
        // Not ours to look at.
      }
    }
  }

  private static Path child(Path parent, String name, List<Path> made) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    made.add(folder);
    return folder;
  }

  private static void write(Path folder, String file, long value) throws IOException {
    Files.writeString(folder.resolve(file), Long.toString(value));
  }

  private static boolean remove(Path folder) {
    try {
      return Files.deleteIfExists(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static void killMembers(Path folder) {
    try {
      for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
      }
    } catch (IOException | NumberFormatException e) {
      // It may be gone by now.
    }
  }
}
