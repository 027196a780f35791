package org.seedwright.decontaminate.near;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sets of all rows in one file of a folder, outside the heap: 8 bytes an element, written once
 * in the order of rows, then read anywhere by any thread. The file has no name any more once it is
 * closed.
 */
final class SetFile implements Closeable {
  private static final int BUFFER = 1 << 20;
  private static final long SEGMENT = 1L << 27;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
  private long[] ends = new long[1024];
  private int count;
  private List<LongBuffer> segments = List.of();

  SetFile(Path folder) throws IOException {
    file = Files.createTempFile(folder, ".shingles-", ".tmp");
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  int count() {
    return count;
  }

  /** Appends the set of the next row. */
  void add(long[] set) throws IOException {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count + (count >> 1) + 1);
    }
    int at = 0;
    while (at < set.length) {
      int some = Math.min(set.length - at, buffer.remaining() / Long.BYTES);
      buffer.asLongBuffer().put(set, at, some);
      buffer.position(buffer.position() + some * Long.BYTES);
      at += some;
      if (buffer.remaining() < Long.BYTES) {
        flush();
      }
    }
    ends[count] = start(count) + set.length;
    count++;
  }

  /** Ends writing: from here on sets are read. */
  void seal() throws IOException {
    flush();
    long all = start(count);
    List<LongBuffer> mapped = new ArrayList<>();
    for (long from = 0; from < all; from += SEGMENT) {
      long some = Math.min(SEGMENT, all - from);
      mapped.add(
          channel
              .map(FileChannel.MapMode.READ_ONLY, from * Long.BYTES, some * Long.BYTES)
              .order(ByteOrder.nativeOrder())
              .asLongBuffer());
    }
    segments = mapped;
  }

  int size(int row) {
    return Math.toIntExact(ends[row] - start(row));
  }

  /** Reads the set of a row into an array, a larger one if need be, which is returned. */
  long[] read(int row, long[] into) {
    int size = size(row);
    long[] set = into.length < size ? new long[Math.max(size, into.length * 2)] : into;
    long from = start(row);
    int at = 0;
    while (at < size) {
      LongBuffer segment = segments.get((int) ((from + at) / SEGMENT));
      int place = (int) ((from + at) % SEGMENT);
      int some = Math.min(size - at, segment.limit() - place);
      segment.get(place, set, at, some);
      at += some;
    }
    return set;
  }

  private long start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    segments = List.of();
    channel.close();
    Files.deleteIfExists(file);
  }
}
