package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seedwright.evolve.Message;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Everything that can change a teacher's answer, and nothing else: two equal requests are the same
 * request, whoever serves them, however fast and at what price. The cap on output tokens is kept
 * beside the reply ({@link Reply}), so that raising it asks again for truncated replies only.
 *
 * @param messages at least one
 * @param responseFormat {@code text}
 * @param sampleIndex which of several replies to the same messages, from 0
 * @param attempt how often the same question was put before because its answer was rejected, from 0
 */
public record TeacherRequest(
    String model,
    List<Message> messages,
    Decoding decoding,
    String responseFormat,
    int sampleIndex,
    int attempt) {

  public static final String TEXT = "text";

  public TeacherRequest {
    requireNonNull(model, "model is null");
    messages = List.copyOf(messages);
    requireNonNull(decoding, "decoding is null");
    requireNonNull(responseFormat, "responseFormat is null");
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must not be blank");
    }
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a request has at least one message");
    }
    if (responseFormat.isBlank()) {
      throw new IllegalArgumentException("responseFormat must not be blank");
    }
    if (sampleIndex < 0) {
      throw new IllegalArgumentException("sampleIndex must be 0 or more, but was " + sampleIndex);
    }
    if (attempt < 0) {
      throw new IllegalArgumentException("attempt must be 0 or more, but was " + attempt);
    }
  }

  /** The first sample of the first attempt at a text reply. */
  public static TeacherRequest of(String model, List<Message> messages, Decoding decoding) {
    return new TeacherRequest(model, messages, decoding, TEXT, 0, 0);
  }

  /**
   * Refuses any reply but a text, for a teacher that can give no other.
   *
   * @throws IllegalArgumentException if another format is asked for
   */
  public void checkText() {
    if (!responseFormat.equals(TEXT)) {
      throw new IllegalArgumentException(
          "response format must be '%s', but was '%s'".formatted(TEXT, responseFormat));
    }
  }

  /** The identity of this request: 64 hex digits, the digest of the whole record. */
  public String key() {
    return CanonicalJson.digest(this);
  }
}
