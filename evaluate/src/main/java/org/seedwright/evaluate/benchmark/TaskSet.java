package org.seedwright.evaluate.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks that a score is said of: those of a benchmark, or of anyone's own file.
 *
 * @param benchmark id, of an own file its name without the ending
 * @param version of an own file the first 12 hex digits of its SHA-256
 * @param tasks at least one, in the order of the file, ids distinct
 */
public record TaskSet(String benchmark, String version, List<Task> tasks) {
  public TaskSet {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("%s has no task".formatted(benchmark));
    }
  }

  /** The tasks by id, in their order. */
  public Map<String, Task> byId() {
    Map<String, Task> byId = new LinkedHashMap<>();
    for (Task task : tasks) {
      if (byId.put(task.id(), task) != null) {
        throw new IllegalArgumentException("%s has task %s twice".formatted(benchmark, task.id()));
      }
    }
    return Collections.unmodifiableMap(byId);
  }

  /** The task of this id, if there is one. */
  public Optional<Task> task(String id) {
    return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
  }

  /** Ids of the tasks that have no reference, in their order. */
  public List<String> withoutReference() {
    List<String> ids = new ArrayList<>();
    for (Task task : tasks) {
      if (task.reference().isEmpty()) {
        ids.add(task.id());
      }
    }
    return List.copyOf(ids);
  }
}
