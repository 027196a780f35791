package org.seedwright.evaluate.samples;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seedwright.evaluate.samples.SamplesException.Flaw;

/** What is said of tasks that are there too often or not often enough. */
final class Counts {
  private static final int PLACES = 3;

  private Counts() {}

  /** The first generation beyond the wanted number is the one at fault. */
  static Flaw tooMany(String task, List<Found> found, int wanted) {
    Generation.Place extra = found.get(wanted).place();
    return new Flaw(
        extra.file(),
        line(extra),
        SamplesException.Flaw.TASK,
        task,
        often(wanted),
        "%s: task %s is there %d times, wanted %d; earlier: %s"
            .formatted(
                extra,
                task,
                found.size(),
                wanted,
                found.stream()
                    .limit(Math.min(wanted, PLACES))
                    .map(one -> one.place().toString())
                    .collect(Collectors.joining(", "))));
  }

  static Flaw tooFew(String task, List<Found> found, int wanted, Path path) {
    if (found.isEmpty()) {
      return new Flaw(
          path,
          Optional.empty(),
          SamplesException.Flaw.TASK,
          task,
          often(wanted),
          "%s: task %s is missing".formatted(path, task));
    }
    Generation.Place last = found.get(found.size() - 1).place();
    return new Flaw(
        last.file(),
        line(last),
        SamplesException.Flaw.TASK,
        task,
        often(wanted),
        "%s: task %s is there %d times, wanted %d; this is the last"
            .formatted(last, task, found.size(), wanted));
  }

  private static String often(int wanted) {
    return "each task of the benchmark %d times, as most are".formatted(wanted);
  }

  static Optional<Integer> line(Generation.Place place) {
    return place.line() == 0 ? Optional.empty() : Optional.of(place.line());
  }
}
