package org.seedwright.evaluate.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/** One file on its way, in attempts that go on where the last one ended. */
final class Download {
  /** Far above any benchmark, so that a wrong server cannot fill the disk. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int BUFFER = 1 << 16;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI url;
  private final FileChannel part;
  private final Duration patience;

  /** How an attempt ended. */
  record End(boolean isWhole, boolean isWorthARetry, String flaw) {
    static final End WHOLE = new End(true, false, "");

    static End flawed(boolean isWorthARetry, String flaw) {
      return new End(false, isWorthARetry, flaw);
    }
  }

  Download(URI url, FileChannel part, Duration patience) {
    this.url = url;
    this.part = part;
    this.patience = patience;
  }

  URI url() {
    return url;
  }

  /** Bytes that are there. */
  long size() throws IOException {
    return part.size();
  }

  /** All bytes that are there. */
  byte[] bytes() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(part.size()));
    while (bytes.hasRemaining() && part.read(bytes, bytes.position()) >= 0) {
      // Goes on until the buffer is full.
    }
    return bytes.array();
  }

  /** Throws away what is there. */
  void discard() throws IOException {
    part.truncate(0);
  }

  /**
   * Asks for what is missing.
   *
   * @throws IOException if the file cannot be written; what the server does is in the end
   */
  End attempt() throws IOException {
    long have = part.size();
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
    connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=%d-".formatted(have));
    }
    try {
      int status;
      try {
        status = connection.getResponseCode();
      } catch (IOException e) {
        return End.flawed(true, e.toString());
      }
      if (status == RANGE_NOT_SATISFIABLE && have > 0) {
        discard();
        return End.flawed(true, "status 416");
      }
      if (status == HttpURLConnection.HTTP_PARTIAL
          && startsAt(connection.getHeaderField("Content-Range"), have)) {
        return body(connection, have);
      }
      if (status == HttpURLConnection.HTTP_PARTIAL) {
        discard();
        return End.flawed(true, "an answer for another range");
      }
      if (status == HttpURLConnection.HTTP_OK) {
        discard();
        return body(connection, 0);
      }
      return End.flawed(
          status >= HttpURLConnection.HTTP_INTERNAL_ERROR || status == TOO_MANY_REQUESTS,
          "status %d".formatted(status));
    } finally {
      connection.disconnect();
    }
  }

  private static boolean startsAt(String contentRange, long have) {
    return contentRange != null && contentRange.startsWith("bytes %d-".formatted(have));
  }

  private End body(HttpURLConnection connection, long from) throws IOException {
    long expected = connection.getContentLengthLong();
    byte[] buffer = new byte[BUFFER];
    long received = 0;
    InputStream body;
    try {
      body = connection.getInputStream();
    } catch (IOException e) {
      return End.flawed(true, e.toString());
    }
    while (true) {
      int read;
      try {
        read = body.read(buffer);
      } catch (IOException e) {
        return End.flawed(true, "broken after %d bytes: %s".formatted(from + received, e));
      }
      if (read < 0) {
        break;
      }
      if (from + received + read > MAX_BYTES) {
        discard();
        return End.flawed(false, "it is longer than %d bytes".formatted(MAX_BYTES));
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        part.write(bytes, from + received + bytes.position());
      }
      received += read;
    }
    return expected >= 0 && received < expected
        ? End.flawed(
            true, "broken after %d of %d bytes".formatted(from + received, from + expected))
        : End.WHOLE;
  }
}
