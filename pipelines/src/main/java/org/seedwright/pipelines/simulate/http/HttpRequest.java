package org.seedwright.pipelines.simulate.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A whole request. */
public final class HttpRequest {
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private final boolean lastOfConnection;

  /**
   * @param path without the query
   * @param headers by lower-case name; of a name given twice, the last
   */
  HttpRequest(
      String method,
      String path,
      Map<String, String> headers,
      byte[] body,
      boolean lastOfConnection) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.lastOfConnection = lastOfConnection;
  }

  /** Such as {@code POST}. */
  public String method() {
    return method;
  }

  /** Without the query. */
  public String path() {
    return path;
  }

  /** The bytes themselves, no copy. */
  public byte[] body() {
    return body;
  }

  /** Whether the client wants the connection to end after the reply. */
  boolean lastOfConnection() {
    return lastOfConnection;
  }

  /** Returns the value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
