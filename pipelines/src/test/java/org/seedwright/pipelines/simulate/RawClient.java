package org.seedwright.pipelines.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client that hides nothing: bytes out, bytes in, and how it ended. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  /** How the reading ended. */
  enum End {
    CLOSED,
    RESET,
    SILENT
  }

  /** Bytes as characters of ISO 8859-1, one each. */
  record Heard(String text, End end) {
    int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    String head() {
      return text.substring(0, text.indexOf("\r\n\r\n"));
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    int length() {
      return Integer.parseInt(head().replaceFirst("(?s).*Content-Length: ([0-9]+).*", "$1"));
    }
  }

  RawClient(SimulatedTeacher server) throws IOException {
    socket = new Socket("127.0.0.1", server.baseUrl().getPort());
    socket.setSoTimeout(60_000);
  }

  static String chat(String body, String... headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("", java.util.Arrays.stream(headers).map(line -> line + "\r\n").toList())
        + "Content-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one reply with a length, and leaves the connection open. */
  Heard reply() throws IOException {
    var text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.read());
    }
    var head = new Heard(text.toString(), End.SILENT);
    return new Heard(text + new String(in.readNBytes(head.length()), ISO_8859_1), End.SILENT);
  }

  /** Reads on until the connection ends, or nothing comes for a while. */
  Heard rest(int silentMillis) throws IOException {
    socket.setSoTimeout(silentMillis);
    var text = new StringBuilder();
    byte[] piece = new byte[8192];
    try {
      int count = socket.getInputStream().read(piece);
      while (count >= 0) {
        text.append(new String(piece, 0, count, ISO_8859_1));
        count = socket.getInputStream().read(piece);
      }
      return new Heard(text.toString(), End.CLOSED);
    } catch (SocketTimeoutException e) {
      return new Heard(text.toString(), End.SILENT);
    } catch (IOException e) {
      return new Heard(text.toString(), End.RESET);
    }
  }

  /** Reads until the server ends the connection. */
  Heard toTheEnd() throws IOException {
    return rest(60_000);
  }

  long skip(long bytes) throws IOException {
    long skipped = 0;
    byte[] piece = new byte[1 << 16];
    while (skipped < bytes) {
      int count = socket.getInputStream().read(piece);
      if (count < 0) {
        return skipped;
      }
      skipped += count;
    }
    return skipped;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
