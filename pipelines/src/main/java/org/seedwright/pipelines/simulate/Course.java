package org.seedwright.pipelines.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the phases of a script, over a clock that its caller reads. The first phase begins
 * with the first request; after the last one, the ordinary conditions hold.
 */
final class Course {
  private final Conditions ordinary;
  private final List<Phase> phases;
  private boolean begun;
  private int index;
  private long began;
  private long received;
  private Admission admission;

  Course(Conditions ordinary, List<Phase> phases, long nanos) {
    this.ordinary = ordinary;
    this.phases = phases;
    this.admission = new Admission(conditions().limits(), nanos);
  }

  /** Counts a request in the phase of this instant. Returns whether a phase began with it. */
  boolean arrive(long nanos) {
    boolean first = !begun;
    if (first) {
      begun = true;
      began = nanos;
    }
    boolean turned = turn(nanos);
    received++;
    return first || turned;
  }

  /** Goes on to the phase of this instant. Returns whether it is another than before. */
  boolean turn(long nanos) {
    int before = index;
    for (Optional<Long> end = end(nanos); end.isPresent(); end = end(nanos)) {
      index++;
      began = end.get();
      received = 0;
      admission = new Admission(conditions().limits(), began);
    }
    return index != before;
  }

  /** The instant at which the present phase ended, if it has. */
  private Optional<Long> end(long nanos) {
    if (!begun || index == phases.size()) {
      return Optional.empty();
    }
    Phase phase = phases.get(index);
    if (phase.requests().isPresent()) {
      return received >= phase.requests().get() ? Optional.of(nanos) : Optional.empty();
    }
    long end = began + phase.lasts().orElseThrow().toNanos();
    return nanos - end >= 0 ? Optional.of(end) : Optional.empty();
  }

  /** How long the present phase has still to go, where time ends it. */
  Optional<Duration> remaining(long nanos) {
    return begun && index < phases.size()
        ? phases
            .get(index)
            .lasts()
            .map(lasts -> Duration.ofNanos(Math.max(0, began + lasts.toNanos() - nanos)))
        : Optional.empty();
  }

  Conditions conditions() {
    return index < phases.size() ? phases.get(index).conditions() : ordinary;
  }

  Admission admission() {
    return admission;
  }
}
