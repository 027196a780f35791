package org.seedwright.pipelines.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How far a compressed file has expanded. A file that expands to more than {@link #RATIO} times its
 * size, and to more than {@link #FLOOR} bytes, is refused as a bomb.
 */
final class Expansion {
  /** Source text compresses 3 to 10 times; deflate reaches 1,032 times on zeros. */
  static final long RATIO = 200;

  /** Bytes that any file may expand to: 1 GiB, read in seconds. */
  static final long FLOOR = 1L << 30;

  private final Container container;
  private final long most;
  private String entry = "its first entry";
  private long read;

  Expansion(Container container) {
    this(container, FLOOR);
  }

  Expansion(Container container, long floor) {
    this.container = container;
    this.most = Math.max(floor, RATIO * container.bytes());
  }

  /** Tells what is read next, for the message. */
  void at(String name) {
    entry = name;
  }

  /** Returns what {@link #at} was told last. */
  String entry() {
    return entry;
  }

  /**
   * Counts bytes.
   *
   * @throws CorpusException if they are too many
   */
  void add(long bytes) {
    read += bytes;
    if (read > most) {
      throw new CorpusException(
          "source %s: %s expands beyond %d bytes at %s, %d times its own size or more: it is refused as a bomb. Leave it out with exclude.paths, or unpack it yourself and name the folder"
              .formatted(
                  container.source(),
                  container.path(),
                  most,
                  Names.shown(entry),
                  most / Math.max(1, container.bytes())));
    }
  }

  /** Returns a stream whose bytes are counted. */
  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
          add(1);
        }
        return b;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
          add(count);
        }
        return count;
      }

      @Override
      public long skip(long bytes) throws IOException {
        long count = in.skip(bytes);
        add(count);
        return count;
      }
    };
  }
}
