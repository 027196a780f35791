package org.seedwright.pipelines.simulate.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole request.
 *
 * @param path without the query
 * @param headers by lower-case name; of a name given twice, the last
 */
public record HttpRequest(
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    boolean lastOfConnection) {

  /** Returns the value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
