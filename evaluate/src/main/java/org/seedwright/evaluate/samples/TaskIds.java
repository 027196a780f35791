package org.seedwright.evaluate.samples;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The spellings of a task id that files of samples use: the benchmark's own; in names of folders,
 * {@code _} for {@code /}; and, where all tasks are numbered under one name, the number alone, as
 * MBPP's own files have it.
 */
final class TaskIds {
  private final Map<String, String> spellings = new HashMap<>();
  private final String example;

  TaskIds(Collection<String> ids) {
    long names = ids.stream().map(id -> id.replaceFirst("/\\d+$", "")).distinct().count();
    for (String id : ids) {
      spellings.putIfAbsent(id.replace('/', '_'), id);
      if (names == 1 && id.matches(".+/\\d+")) {
        spellings.putIfAbsent(id.substring(id.lastIndexOf('/') + 1), id);
      }
    }
    for (String id : ids) {
      spellings.put(id, id);
    }
    example = ids.stream().findFirst().orElse("");
  }

  Optional<String> find(String spelling) {
    return Optional.ofNullable(spellings.get(spelling));
  }

  SamplesException.Flaw unknown(Found found) {
    return new SamplesException.Flaw(
        found.place().file(),
        Counts.line(found.place()),
        SamplesException.Flaw.TASK,
        found.taskId(),
        "an id of the benchmark, such as %s".formatted(example),
        "%s: the benchmark has no task '%s'; its ids are as '%s'"
            .formatted(found.place(), found.taskId(), example));
  }
}
