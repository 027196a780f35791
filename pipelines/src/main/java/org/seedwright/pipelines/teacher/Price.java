package org.seedwright.pipelines.teacher;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.seedwright.evolve.Message;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * What a teacher's tokens cost.
 *
 * @param input dollars for a million tokens of prompts, 0 or more
 * @param output dollars for a million tokens of replies, thinking included; 0 or more
 */
public record Price(BigDecimal input, BigDecimal output) implements Serializable {
  /** Of a teacher that asks no money, or whose price nobody told. */
  public static final Price NONE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  /** A dollar for a million tokens is this many billionths of a dollar for one. */
  private static final BigDecimal NANO_PER_TOKEN = BigDecimal.valueOf(1000);

  /** What chat templates add to a conversation: its frame, and a system prompt of their own. */
  private static final int TEMPLATE_TOKENS = 64;

  /** What chat templates add to a message: its role and its borders. */
  private static final int MESSAGE_TOKENS = 16;

  public Price {
    if (input.signum() < 0 || output.signum() < 0) {
      throw new IllegalArgumentException(
          "a price must be 0 or more, but was %s and %s".formatted(input, output));
    }
  }

  /** Returns what this many tokens cost, rounded up to a whole billionth of a dollar. */
  public Cost of(long inputTokens, long outputTokens) {
    long nanoUsd =
        input
            .multiply(BigDecimal.valueOf(inputTokens))
            .add(output.multiply(BigDecimal.valueOf(outputTokens)))
            .multiply(NANO_PER_TOKEN)
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    return new Cost(inputTokens + outputTokens, nanoUsd);
  }

  /**
   * Returns the most that a try can cost: a token of a byte-level vocabulary is a byte at least, a
   * template adds some, and the reply ends at its cap.
   */
  public Cost worst(TeacherRequest request, int maxOutputTokens) {
    long input = TEMPLATE_TOKENS;
    for (Message message : request.messages()) {
      input += MESSAGE_TOKENS + message.content().getBytes(StandardCharsets.UTF_8).length;
    }
    return of(input, maxOutputTokens);
  }

  /** Returns what a reply cost; the worst case where the server counted no tokens. */
  public Cost of(TeacherRequest request, Reply reply) {
    return reply.inputTokens() + reply.outputTokens() == 0
        ? worst(request, reply.maxOutputTokens())
        : of(reply.inputTokens(), reply.outputTokens());
  }
}
