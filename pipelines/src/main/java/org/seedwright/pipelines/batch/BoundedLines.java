package org.seedwright.pipelines.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a file, plain or gzip (told by its first bytes), one at a time and each of bounded
 * size: a longer one is passed over, and said to be. A byte order mark is left out.
 */
final class BoundedLines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private long number;
  private boolean ended;
  private Optional<String> damage = Optional.empty();

  /**
   * A line.
   *
   * @param number from 1
   * @param bytes without the line's end; none if it is too long
   */
  record Line(long number, Optional<byte[]> bytes) {}

  private BoundedLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * @param longest bytes of a line that is still handed out
   */
  static BoundedLines open(Path file, int longest) throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(1);
      // The first of gzip's two magic bytes is enough: no JSON begins with it.
      boolean gzip = raw.read() == 0x1f;
      raw.reset();
      // Not buffered again: a buffer would lose what came before the end of a stream cut off.
      return new BoundedLines(gzip ? new GZIPInputStream(raw, BUFFER) : raw, longest);
    } catch (EOFException | ZipException e) {
      var lines = new BoundedLines(raw, longest);
      lines.damaged(e);
      return lines;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Why the lines ended before the file did: its gzip stream is cut off or damaged. */
  Optional<String> damage() {
    return damage;
  }

  /** Returns the number of the line that was handed out last. */
  long number() {
    return number;
  }

  /** Returns the next line; empty at the end. What a damaged stream leaves of a line is dropped. */
  Optional<Line> next() throws IOException {
    var line = new ByteArrayOutputStream();
    boolean tooLong = false;
    boolean begun = false;
    while (fill()) {
      begun = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      tooLong |= line.size() + (long) (end - from) > longest;
      if (!tooLong) {
        line.write(buffer, from, end - from);
      }
      boolean whole = end < to;
      from = whole ? end + 1 : end;
      if (whole) {
        return handed(line, tooLong);
      }
    }
    return begun && damage.isEmpty() ? handed(line, tooLong) : Optional.empty();
  }

  private Optional<Line> handed(ByteArrayOutputStream line, boolean tooLong) {
    number++;
    if (tooLong) {
      return Optional.of(new Line(number, Optional.empty()));
    }
    byte[] bytes = line.toByteArray();
    boolean marked =
        number == 1
            && bytes.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(
                bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    return Optional.of(
        new Line(
            number,
            Optional.of(
                marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes)));
  }

  private boolean fill() throws IOException {
    if (from < to) {
      return true;
    }
    if (ended) {
      return false;
    }
    try {
      int read = in.read(buffer);
      ended = read < 0;
      from = 0;
      to = Math.max(read, 0);
    } catch (EOFException | ZipException e) {
      damaged(e);
    }
    return !ended;
  }

  private void damaged(IOException e) {
    ended = true;
    from = 0;
    to = 0;
    damage =
        Optional.of(
            e instanceof EOFException
                ? "the gzip stream is cut off"
                : "the gzip stream is damaged: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
