package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server that speaks the OpenAI protocol is reached. Nothing here changes an answer, and
 * nothing here enters a request's identity.
 *
 * @param baseUrl up to and with the version, {@code https://api.openai.com/v1}
 * @param apiKeyVariable name of the environment variable that holds the key; none for a server that
 *     wants none
 * @param timeout for one whole exchange
 * @param tokenLimit the field in which the server wants the cap on output tokens
 */
public record OpenAiAccess(
    URI baseUrl, Optional<String> apiKeyVariable, Duration timeout, TokenLimit tokenLimit) {

  /** Field of the request that bounds the reply. */
  public enum TokenLimit {
    /** What nearly every server understands. */
    MAX_TOKENS,
    /** What OpenAI's reasoning models want. */
    MAX_COMPLETION_TOKENS
  }

  /** Long enough for thousands of tokens from a slow local model. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  public OpenAiAccess {
    requireNonNull(apiKeyVariable, "apiKeyVariable is null");
    requireNonNull(tokenLimit, "tokenLimit is null");
    ServiceAccess.check(baseUrl, timeout);
  }

  /** A server at this address that wants no key. */
  public static OpenAiAccess local(URI baseUrl) {
    return new OpenAiAccess(baseUrl, Optional.empty(), DEFAULT_TIMEOUT, TokenLimit.MAX_TOKENS);
  }
}
