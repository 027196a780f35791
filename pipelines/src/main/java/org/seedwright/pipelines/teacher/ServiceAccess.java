package org.seedwright.pipelines.teacher;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a service is reached. Nothing here changes an answer, and nothing here enters a request's
 * identity.
 *
 * @param baseUrl http or https, with a host, without user or password
 * @param apiKeyVariable name of the environment variable that holds the key; none for a service
 *     that wants none
 * @param timeout for one whole exchange, above 0
 */
public record ServiceAccess(URI baseUrl, Optional<String> apiKeyVariable, Duration timeout) {
  public ServiceAccess {
    requireNonNull(apiKeyVariable, "apiKeyVariable is null");
    check(baseUrl, timeout);
  }

  static void check(URI baseUrl, Duration timeout) {
    String scheme = baseUrl.getScheme();
    if (baseUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "the base URL must be http:// or https:// with a host, but was '%s'".formatted(baseUrl));
    }
    if (baseUrl.getUserInfo() != null) {
      throw new IllegalArgumentException("the base URL must hold no user or password");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be above 0, but was " + timeout);
    }
  }
}
