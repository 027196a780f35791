package org.seedwright.evaluate.samples;

import java.util.Optional;

/**
 * How files of samples are read.
 *
 * @param perTask how many generations every task must have, 1 or more; if absent, as many as most
 *     tasks have
 * @param isPartial whether tasks may be missing or have fewer generations than others
 * @param replyKey the key under which a row holds all that the model said, to be read instead of
 *     {@code solution} and {@code completion}; needs an extraction to become a program
 */
public record SamplesReading(
    Optional<Integer> perTask, boolean isPartial, Optional<String> replyKey) {
  public SamplesReading {
    perTask.ifPresent(
        count -> {
          if (count < 1) {
            throw new IllegalArgumentException(
                "samples per task must be 1 or more, but was %d".formatted(count));
          }
        });
    replyKey.ifPresent(
        key -> {
          if (key.isBlank()) {
            throw new IllegalArgumentException("the key of replies is blank");
          }
        });
  }

  /** Every task as often as the others, none missing, under the usual keys. */
  public static SamplesReading whole() {
    return new SamplesReading(Optional.empty(), false, Optional.empty());
  }

  /** The same, but every task must have this many. */
  public SamplesReading withPerTask(int count) {
    return new SamplesReading(Optional.of(count), isPartial, replyKey);
  }

  /** The same, but tasks may be missing. */
  public SamplesReading withPartial() {
    return new SamplesReading(perTask, true, replyKey);
  }

  /** The same, but texts are replies under this key. */
  public SamplesReading withReplyKey(String key) {
    return new SamplesReading(perTask, isPartial, Optional.of(key));
  }
}
