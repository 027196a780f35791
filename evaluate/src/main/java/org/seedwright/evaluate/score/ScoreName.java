package org.seedwright.evaluate.score;

import java.util.Locale;

/**
 * The name of a score: everything that moves it. Scores with different names do not share a column.
 *
 * @param benchmark id of the benchmark
 * @param version its version
 * @param tests which of its tests counted
 * @param tasks how many tasks the score is the mean of
 * @param ofTasks how many the benchmark has
 * @param prompt id of the prompt that the model was given, or {@link #UNSTATED}
 * @param extraction id of the extraction
 * @param decoding how the model was decoded, or {@link #UNSTATED}
 * @param samples generations per task at least
 * @param sandbox name of the sandbox
 * @param oracle whether the reference solutions passed in it
 */
public record ScoreName(
    String benchmark,
    String version,
    TestSet tests,
    int tasks,
    int ofTasks,
    String prompt,
    String extraction,
    String decoding,
    int samples,
    String sandbox,
    Oracle oracle) {
  /** Said of what whoever made the generations did not say. */
  public static final String UNSTATED = "unstated";

  /** Whether reference solutions passed. */
  public enum Oracle {
    /** The reference of every task that counts passed. */
    PASSED,
    /** There are tasks without a reference, and that was accepted. */
    NO_ORACLE;

    /** Stable kebab-case name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ScoreName {
    if (tasks < 1 || tasks > ofTasks) {
      throw new IllegalArgumentException(
          "a score is of 1 to %d tasks, but was of %d".formatted(ofTasks, tasks));
    }
    if (samples < 1) {
      throw new IllegalArgumentException(
          "samples must be 1 or more, but was %d".formatted(samples));
    }
    for (String part : new String[] {benchmark, version, prompt, extraction, decoding, sandbox}) {
      if (part.isBlank() || !part.matches("[^\\s,;=/]+")) {
        throw new IllegalArgumentException(
            "a part of a score's name has no spaces, commas or any of ;=/ and is not empty, but was"
                + " '%s'".formatted(part));
      }
    }
  }

  /**
   * Such as {@code humaneval-plus 0.1.9, 164 tasks, all tests, prompt=unstated, extraction=none,
   * decoding=greedy, n=1, sandbox=docker}; {@code on 163 of 164 tasks} where some did not count,
   * and {@code no-oracle} at the end where no reference stood by.
   */
  @Override
  public String toString() {
    return "%s %s, %s, %s tests, prompt=%s, extraction=%s, decoding=%s, n=%d, sandbox=%s%s"
        .formatted(
            benchmark,
            version,
            tasks == ofTasks
                ? "%d tasks".formatted(tasks)
                : "on %d of %d tasks".formatted(tasks, ofTasks),
            tests.id(),
            prompt,
            extraction,
            decoding,
            samples,
            sandbox,
            oracle == Oracle.PASSED ? "" : ", " + oracle.id());
  }
}
