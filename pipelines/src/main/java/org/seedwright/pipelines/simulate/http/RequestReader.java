package org.seedwright.pipelines.simulate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts requests together from bytes as they come, in pieces of any size. A body must say its length
 * and have at most {@value #LARGEST_BODY} bytes, a head at most {@value #LARGEST_HEAD}.
 */
final class RequestReader {
  static final int LARGEST_BODY = 16 << 20;
  static final int LARGEST_HEAD = 64 << 10;
  private static final int SMALLEST_BUFFER = 2048;

  private byte[] bytes = new byte[0];
  private int filled;

  /** How far the end of the head was looked for. */
  private int searched;

  /** Takes what there is. */
  void add(ByteBuffer more) {
    int needed = filled + more.remaining();
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(needed, SMALLEST_BUFFER), 2 * bytes.length));
    }
    int count = more.remaining();
    more.get(bytes, filled, count);
    filled += count;
  }

  /** Returns the next request once it is here whole. */
  Optional<HttpRequest> next() throws RefusedRequestException {
    int end = endOfHead();
    if (end < 0) {
      if (filled > LARGEST_HEAD) {
        throw new RefusedRequestException(431, "the head is too large");
      }
      return Optional.empty();
    }
    String[] lines = new String(bytes, 0, end, ISO_8859_1).split("\r\n", -1);
    Map<String, String> headers = headers(lines);
    int length = length(headers);
    int start = end + 4;
    if (filled - start < length) {
      return Optional.empty();
    }
    HttpRequest request =
        request(lines[0], headers, Arrays.copyOfRange(bytes, start, start + length));
    int rest = filled - start - length;
    System.arraycopy(bytes, start + length, bytes, 0, rest);
    filled = rest;
    searched = 0;
    return Optional.of(request);
  }

  private int endOfHead() {
    for (int at = searched; at + 3 < filled; at++) {
      if (bytes[at] == '\r'
          && bytes[at + 1] == '\n'
          && bytes[at + 2] == '\r'
          && bytes[at + 3] == '\n') {
        searched = at;
        return at;
      }
    }
    searched = Math.max(0, filled - 3);
    return -1;
  }

  private static Map<String, String> headers(String[] lines) throws RefusedRequestException {
    Map<String, String> headers = new HashMap<>();
    for (int line = 1; line < lines.length; line++) {
      int colon = lines[line].indexOf(':');
      if (colon < 1) {
        throw new RefusedRequestException(400, "a header has no name");
      }
      headers.put(
          lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[line].substring(colon + 1).strip());
    }
    return headers;
  }

  private static int length(Map<String, String> headers) throws RefusedRequestException {
    if (headers.containsKey("transfer-encoding")) {
      throw new RefusedRequestException(411, "say the body's length; chunks are not read");
    }
    String length = headers.getOrDefault("content-length", "0");
    if (!length.matches("[0-9]{1,18}")) {
      throw new RefusedRequestException(400, "Content-Length is no number");
    }
    if (Long.parseLong(length) > LARGEST_BODY) {
      throw new RefusedRequestException(413, "the body is too large");
    }
    return Integer.parseInt(length);
  }

  private static HttpRequest request(String line, Map<String, String> headers, byte[] body)
      throws RefusedRequestException {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new RefusedRequestException(400, "the first line is no request of HTTP/1.1");
    }
    boolean last =
        headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close")
            || parts[2].equals("HTTP/1.0");
    return new HttpRequest(parts[0], parts[1].replaceFirst("\\?.*", ""), headers, body, last);
  }
}
