package org.seedwright.evaluate.extraction;

import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;

/** One way to cut a program out of what a model said. A pure function of generation and task. */
public interface Extraction {
  /** Stable lower-case name, part of a score's name; never reused for other rules. */
  String id();

  /**
   * The generation with the program alone.
   *
   * @throws IllegalArgumentException if the task lacks what the rules need; the message names it
   */
  Generation extract(Generation generation, Task task);
}
