package org.seedwright.pipelines.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes, of which no more than a limit is held in memory. */
public final class RowLines {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final long limit;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private byte[] line = new byte[BUFFER];
  private int held;
  private long length;
  private long number;

  /**
   * Lines of a stream.
   *
   * @param limit bytes held of a line, at most some 2 GiB; of a longer one the first ones are
   */
  public RowLines(InputStream in, long limit) {
    this.in = in;
    this.limit = Math.min(limit, Integer.MAX_VALUE - 64);
  }

  /** Goes on to the next line; tells whether there is one. */
  public boolean next() throws IOException {
    held = 0;
    length = 0;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer, 0, buffer.length);
        at = 0;
        if (end <= 0) {
          end = 0;
          number += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      take(stop - at);
      at = stop;
      if (at < end) {
        at++;
        number++;
        return true;
      }
    }
  }

  private void take(int count) {
    int kept = (int) Math.max(0, Math.min(count, limit - held));
    if (held + kept > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(limit, Math.max(held + kept, 2L * line.length)));
    }
    System.arraycopy(buffer, at, line, held, kept);
    held += kept;
    length += count;
  }

  /** Tells whether what is held of the line is blanks. */
  public boolean isBlank() {
    for (int i = 0; i < held; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Returns an array that begins with the line; the next call of {@link #next} overwrites it. */
  public byte[] bytes() {
    return line;
  }

  /** Returns how many bytes of the line are in {@link #bytes}. */
  public int held() {
    return held;
  }

  /** Returns how many bytes the line has. */
  public long length() {
    return length;
  }

  /** Returns how many bytes of a line may be held. */
  public long limit() {
    return limit;
  }

  /** Returns the number of the line, from 1. */
  public long number() {
    return number;
  }
}
