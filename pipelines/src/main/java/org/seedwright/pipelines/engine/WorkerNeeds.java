package org.seedwright.pipelines.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What every worker of a cluster must have beside the shared folder.
 *
 * @param readable files and folders that workers read
 * @param variables names of environment variables that are set where the worker runs
 */
public record WorkerNeeds(List<Path> readable, Set<String> variables) {
  public WorkerNeeds {
    readable = List.copyOf(readable);
    variables = Set.copyOf(variables);
  }

  /** Returns the same with another file. */
  WorkerNeeds and(Path file) {
    var files = new ArrayList<>(readable);
    files.add(file);
    return new WorkerNeeds(files, variables);
  }
}
