package org.seedwright.pipelines.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts the rows of one shard by their key bytes, unsigned. Up to a limit in memory, beyond it in
 * sorted runs in the worker's temporary folder that are merged: the heap it takes does not grow
 * with the shard. (Beam's own sorter extension is not on the registry for this version.)
 */
final class ShardSorter implements Closeable {
  /**
   * Bytes of keys and rows held before a run is written out: less where the heap is small, as it is
   * on workers, whose slots sort at the same time. Changes no row.
   */
  static final long DEFAULT_LIMIT = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 10);

  /** A key and an encoded row. */
  static final class Pair {
    private final byte[] key;
    private final byte[] row;

    Pair(byte[] key, byte[] row) {
      this.key = key;
      this.row = row;
    }

    byte[] key() {
      return key;
    }

    byte[] row() {
      return row;
    }
  }

  private static final Comparator<Pair> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key, b.key);
  // An array header, a list slot and a pair object cost about this much beside the bytes.
  private static final int OVERHEAD = 64;

  private final long limit;
  private final List<Path> runs = new ArrayList<>();
  private final List<Closeable> open = new ArrayList<>();
  private List<Pair> held = new ArrayList<>();
  private long heldBytes;

  ShardSorter(long limit) {
    this.limit = limit;
  }

  void add(byte[] key, byte[] row) throws IOException {
    held.add(new Pair(key, row));
    heldBytes += key.length + row.length + OVERHEAD;
    if (heldBytes > limit) {
      spill();
    }
  }

  /** Returns every pair in the order of its key; may be called once. */
  Iterator<Pair> sorted() throws IOException {
    held.sort(BY_KEY);
    if (runs.isEmpty()) {
      return held.iterator();
    }
    var queue = new PriorityQueue<Head>(Comparator.comparing(Head::pair, BY_KEY));
    for (Path run : runs) {
      var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run), 1 << 16));
      open.add(in);
      offer(queue, readingFrom(in));
    }
    offer(queue, held.iterator());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !queue.isEmpty();
      }

      @Override
      public Pair next() {
        Head head = queue.remove();
        offer(queue, head.rest);
        return head.pair;
      }
    };
  }

  private record Head(Pair pair, Iterator<Pair> rest) {}

  private static void offer(PriorityQueue<Head> queue, Iterator<Pair> rest) {
    if (rest.hasNext()) {
      queue.add(new Head(rest.next(), rest));
    }
  }

  private void spill() throws IOException {
    held.sort(BY_KEY);
    Path run = Files.createTempFile("seedwright-sort", ".run");
    runs.add(run);
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
      for (Pair pair : held) {
        out.writeInt(pair.key.length);
        out.write(pair.key);
        out.writeInt(pair.row.length);
        out.write(pair.row);
      }
    }
    held = new ArrayList<>();
    heldBytes = 0;
  }

  private static Iterator<Pair> readingFrom(DataInputStream in) {
    return new Iterator<>() {
      private Pair next = read();

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Pair next() {
        Pair pair = next;
        next = read();
        return pair;
      }

      private Pair read() {
        try {
          byte[] key = in.readNBytes(in.readInt());
          return new Pair(key, in.readNBytes(in.readInt()));
        } catch (EOFException e) {
          return null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    for (Closeable in : open) {
      in.close();
    }
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
  }
}
