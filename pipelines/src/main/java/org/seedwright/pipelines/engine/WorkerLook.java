package org.seedwright.pipelines.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapPartitionFunction;
import org.apache.flink.util.Collector;

/**
 * What each worker does before a run: reads what the command wrote, and writes something itself.
 * Its one class file travels to the workers alone, so it knows nothing but Flink and the JDK.
 */
@SuppressWarnings("deprecation")
final class WorkerLook extends RichMapPartitionFunction<Long, String> {
  /** What a worker says that can do all. */
  static final String FINE = "fine";

  private final String probe;
  private final String token;
  private final List<String> readable;
  private final List<String> variables;
  private final String needed;

  /**
   * @param probe a file in the workspace
   * @param token what is written in it
   * @param readable files and folders that workers read
   * @param variables names of environment variables that are set there
   * @param needed name of a class that workers have; empty where they are given it with each job
   */
  WorkerLook(
      String probe, String token, List<String> readable, List<String> variables, String needed) {
    this.probe = probe;
    this.token = token;
    this.readable = readable;
    this.variables = variables;
    this.needed = needed;
  }

  /**
   * Emits one line, of three parts between tabs: the host; what is wrong with the files there; and
   * the variables that are not set, each followed by a blank.
   */
  @Override
  public void mapPartition(Iterable<Long> numbers, Collector<String> out) throws IOException {
    var unset = new StringBuilder();
    for (String variable : variables) {
      String value = System.getenv(variable);
      if (value == null || value.isBlank()) {
        unset.append(variable).append(' ');
      }
    }
    out.collect(InetAddress.getLocalHost().getHostName() + "\t" + look() + "\t" + unset);
  }

  private String look() {
    Path file = Path.of(probe);
    try {
      if (!Files.readString(file).equals(token)) {
        return "reads another " + probe + " than the command wrote";
      }
    } catch (IOException e) {
      return "cannot read %s (%s)".formatted(probe, said(e));
    }
    int number = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    try {
      Files.writeString(file.resolveSibling(file.getFileName() + "-seen-" + number), token);
    } catch (IOException e) {
      return "cannot write into %s (%s)".formatted(file.getParent(), said(e));
    }
    for (String path : readable) {
      if (!Files.isReadable(Path.of(path))) {
        return "cannot read " + path;
      }
    }
    if (!needed.isEmpty()) {
      try {
        Class.forName(needed, false, Thread.currentThread().getContextClassLoader());
      } catch (ClassNotFoundException e) {
        return "has no worker jar installed (no class %s)".formatted(needed);
      }
    }
    return FINE;
  }

  private static String said(IOException e) {
    return e instanceof NoSuchFileException ? "it is not there" : e.toString();
  }
}
