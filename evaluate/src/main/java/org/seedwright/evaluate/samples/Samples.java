package org.seedwright.evaluate.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seedwright.evaluate.rows.InputFileException;

/**
 * The generations of a samples file or folder, checked against the tasks of a benchmark.
 *
 * @param generations tasks in the benchmark's order, of a task in the order of the files
 * @param perTask how many most tasks have
 * @param tasks how many tasks have one or more
 */
public record Samples(List<Generation> generations, int perTask, int tasks) {
  public Samples {
    generations = List.copyOf(generations);
  }

  /**
   * Reads them.
   *
   * @param path a file ending in .jsonl, .json, .jsonl.gz or .json.gz; a folder of such files,
   *     which are read in the order of their names; or a folder that has a folder for each task
   *     ({@code HumanEval_0}) with its solutions ({@code 0.py}, {@code 1.py}, …)
   * @param taskIds the ids of all tasks, in the benchmark's order
   * @throws SamplesException if a file cannot be read, a row is wrong, or tasks are unknown,
   *     missing or there more often than others
   */
  public static Samples read(Path path, Collection<String> taskIds, SamplesReading reading) {
    List<Found> found = found(path, reading);
    List<SamplesException.Flaw> flaws = new ArrayList<>();
    TaskIds known = new TaskIds(taskIds);
    Map<String, List<Found>> byTask = new HashMap<>();
    for (Found one : found) {
      known
          .find(one.taskId())
          .ifPresentOrElse(
              id -> byTask.computeIfAbsent(id, key -> new ArrayList<>()).add(one),
              () -> flaws.add(known.unknown(one)));
    }
    int perTask = reading.perTask().orElseGet(() -> usual(byTask));
    List<Generation> generations = new ArrayList<>();
    for (String id : taskIds) {
      List<Found> ofTask = byTask.getOrDefault(id, List.of());
      boolean isCountFixed = !reading.isPartial() || reading.perTask().isPresent();
      if (ofTask.size() > perTask && isCountFixed) {
        flaws.add(Counts.tooMany(id, ofTask, perTask));
      } else if (ofTask.size() < perTask && !reading.isPartial()) {
        flaws.add(Counts.tooFew(id, ofTask, perTask, path));
      }
      for (int ordinal = 0; ordinal < ofTask.size(); ordinal++) {
        generations.add(ofTask.get(ordinal).as(id, ordinal));
      }
    }
    if (!flaws.isEmpty()) {
      throw new SamplesException(flaws);
    }
    return new Samples(generations, perTask, byTask.size());
  }

  private static List<Found> found(Path path, SamplesReading reading) {
    try {
      return SampleFiles.read(path, reading.replyKey());
    } catch (InputFileException e) {
      throw new SamplesException(e);
    }
  }

  /** The count that most tasks have; of two that are as frequent the lower one. */
  private static int usual(Map<String, List<Found>> byTask) {
    Map<Integer, Integer> frequency = new HashMap<>();
    byTask.values().forEach(ofTask -> frequency.merge(ofTask.size(), 1, Integer::sum));
    int usual = 1;
    int most = 0;
    Set<Integer> counts = new TreeSet<>(frequency.keySet());
    for (int count : counts) {
      if (frequency.get(count) > most) {
        most = frequency.get(count);
        usual = count;
      }
    }
    return usual;
  }
}
