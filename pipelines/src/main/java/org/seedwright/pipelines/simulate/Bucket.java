package org.seedwright.pipelines.simulate;

import java.time.Duration;

/** A token bucket over a clock that its caller reads. Full at first. */
final class Bucket {
  private final double perNano;
  private final double capacity;
  private double level;
  private long at;

  /**
   * @param perSecond how fast it fills, above 0
   * @param capacity how much it holds
   */
  Bucket(double perSecond, double capacity, long nanos) {
    this.perNano = perSecond / 1e9;
    this.capacity = capacity;
    this.level = capacity;
    this.at = nanos;
  }

  /**
   * Whether this much is there; what is more than a full bucket needs a full one, and is owed
   * afterwards.
   */
  boolean holds(double amount, long nanos) {
    fill(nanos);
    // Room for the rounding of many small steps.
    return level + 1e-9 >= Math.min(amount, capacity);
  }

  /** Takes what {@link #holds} said is there. */
  void take(double amount) {
    level -= amount;
  }

  /** How long until this much is there. */
  Duration until(double amount, long nanos) {
    fill(nanos);
    double lacking = Math.max(0, Math.min(amount, capacity) - level);
    return Duration.ofNanos((long) Math.ceil(lacking / perNano));
  }

  private void fill(long nanos) {
    if (nanos > at) {
      level = Math.min(capacity, level + (nanos - at) * perNano);
      at = nanos;
    }
  }
}
