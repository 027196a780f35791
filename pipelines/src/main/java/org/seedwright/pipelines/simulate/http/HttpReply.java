package org.seedwright.pipelines.simulate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A reply: what stands before the body, and the body. */
public final class HttpReply {

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(411, "Length Required"),
          Map.entry(413, "Content Too Large"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(529, "Overloaded"));

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A reply of one content type and no other header. */
  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, Map.of("Content-Type", contentType), body);
  }

  /** The same with one more header. */
  public HttpReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, more, body);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The bytes themselves, no copy. */
  public byte[] body() {
    return body;
  }

  /** Status line and headers with the body's length. */
  public ByteBuffer head() {
    return head(Optional.of(body.length));
  }

  /** Status line and headers for a body in chunks, whose length nobody says. */
  public ByteBuffer headOfChunks() {
    return head(Optional.empty());
  }

  /** Head and body in one. */
  public ByteBuffer whole() {
    ByteBuffer head = head();
    return ByteBuffer.allocate(head.remaining() + body.length).put(head).put(body).flip();
  }

  private ByteBuffer head(Optional<Integer> length) {
    var text = new StringBuilder(160);
    text.append("HTTP/1.1 ").append(status).append(' ');
    text.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    length.ifPresentOrElse(
        bytes -> text.append("Content-Length: ").append(bytes),
        () -> text.append("Transfer-Encoding: chunked"));
    return ByteBuffer.wrap(text.append("\r\n\r\n").toString().getBytes(ISO_8859_1));
  }
}
