package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A reply received whole, with an ending of the model's own.
 *
 * @param key identity of the request ({@link TeacherRequest#key()})
 * @param text the answer; the refusal's words where the model refused; empty where a filter
 *     withheld it
 * @param thinking what the model thought aloud before answering; never part of {@code text}
 * @param servedModel the model's name as the server reported it
 * @param inputTokens as the server counted them, 0 where it did not
 * @param outputTokens as the server counted them, thinking included, 0 where it did not
 * @param maxOutputTokens the cap under which this reply was asked for
 */
public record Reply(
    String key,
    Ending ending,
    String text,
    Optional<String> thinking,
    String servedModel,
    long inputTokens,
    long outputTokens,
    int maxOutputTokens,
    Mark mark) {

  public Reply {
    Keys.check(key);
    requireNonNull(ending, "ending is null");
    requireNonNull(text, "text is null");
    requireNonNull(thinking, "thinking is null");
    requireNonNull(servedModel, "servedModel is null");
    requireNonNull(mark, "mark is null");
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "tokens must be 0 or more, but were %d in and %d out"
              .formatted(inputTokens, outputTokens));
    }
    if (maxOutputTokens < 1) {
      throw new IllegalArgumentException(
          "maxOutputTokens must be 1 or more, but was " + maxOutputTokens);
    }
  }

  /**
   * Whether this reply answers the same request under another cap: one that ended by itself serves
   * every cap not below its length, a truncated one every cap not above its own.
   */
  public boolean serves(int cap) {
    return ending == Ending.LENGTH ? cap <= maxOutputTokens : outputTokens <= cap;
  }

  /** Digest of every component; kept beside a stored reply to notice a damaged one. */
  public String digest() {
    return CanonicalJson.digest(this);
  }
}
