package org.seedwright.decontaminate.near;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clusters of near-duplicates in one process: the reference for engines that find the same ones on
 * many machines, and fast enough by itself for some ten million rows.
 *
 * <p>Two rows are connected where they share a band, {@link BucketPairs} compares them and the
 * exact similarity of their sets reaches the threshold; rows of equal sets always are. Clusters are
 * the components of that graph. They depend on the rows and on the order of their ids alone, not on
 * the order in which they were added nor on the number of threads.
 *
 * <p>Rows of equal sets count as one from the beginning, so that a row that is there a million
 * times costs one comparison. The heap holds about {@code 8 * bands + 40} bytes a row; sets are in
 * a file of the given folder that is removed by {@link #close}.
 */
public final class NearDuplicates implements Closeable {
  /** Compares two rows by their ids; 0 only for a row and itself. */
  @FunctionalInterface
  public interface Order {
    int compare(int row, int other);
  }

  private static final int CHUNK = 1 << 14;

  private final NearSettings settings;
  private final SetFile sets;
  private final List<long[]> keys = new ArrayList<>();
  private long[] digests = new long[2048];
  private final LongAdder compared = new LongAdder();

  /**
   * No rows.
   *
   * @param folder where the sets are kept meanwhile
   */
  public NearDuplicates(NearSettings settings, Path folder) throws IOException {
    this.settings = settings;
    this.sets = new SetFile(folder);
  }

  /** Adds a row; returns its number, from 0. Not for several threads at a time. */
  public int add(Sketch sketch) throws IOException {
    int row = sets.count();
    sets.add(sketch.set());
    int bands = settings.bands().bands();
    if (row % CHUNK == 0) {
      keys.add(new long[CHUNK * bands]);
    }
    // Band by band within a chunk: a band's keys are read together later.
    long[] chunk = keys.get(row / CHUNK);
    for (int band = 0; band < bands; band++) {
      chunk[band * CHUNK + row % CHUNK] = sketch.keys()[band];
    }
    if (digests.length < 2 * row + 2) {
      digests = Arrays.copyOf(digests, digests.length + (digests.length >> 1));
    }
    digests[2 * row] = sketch.high();
    digests[2 * row + 1] = sketch.low();
    return row;
  }

  /**
   * The clusters of all rows; no row may be added afterwards.
   *
   * @param order of the rows by their ids
   * @param threads 1 or more
   * @return for each row some row of its cluster, the same one for all of them
   */
  public int[] clusters(Order order, int threads) throws IOException, InterruptedException {
    sets.seal();
    int rows = sets.count();
    var forest = new Forest(rows);
    int[] nodes = distinct(order, forest);
    digests = new long[0];
    var band = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        work.add(
            workers.submit(
                () -> {
                  var matching = new Matching(order, forest, nodes);
                  int next = band.getAndIncrement();
                  for (; next < settings.bands().bands(); next = band.getAndIncrement()) {
                    matching.band(next);
                  }
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("matching failed: " + e.getCause(), e.getCause());
    } finally {
      workers.shutdownNow();
    }
    int[] clusters = new int[rows];
    for (int row = 0; row < rows; row++) {
      clusters[row] = forest.root(row);
    }
    return clusters;
  }

  /** Exact similarity of two rows, once {@link #clusters} was asked for. */
  public double similarity(int row, int other) {
    return Jaccard.of(
        sets.read(row, new long[0]),
        sets.size(row),
        sets.read(other, new long[0]),
        sets.size(other));
  }

  /** How many shingles a row has, once {@link #clusters} was asked for. */
  public int size(int row) {
    return sets.size(row);
  }

  /**
   * How many times two sets were compared in full. It depends on threads: a pair that is connected
   * by then is passed over.
   */
  public long compared() {
    return compared.sum();
  }

  /** Connects rows of equal sets and returns the first of each in the order of ids. */
  private int[] distinct(Order order, Forest forest) {
    int rows = sets.count();
    var table = new Slots(rows);
    int[] nodes = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (sets.size(row) == 0) {
        continue;
      }
      int slot = table.slot(digests[2 * row]);
      while (table.taken(slot)
          && (digests[2 * nodes[table.value(slot)]] != digests[2 * row]
              || digests[2 * nodes[table.value(slot)] + 1] != digests[2 * row + 1])) {
        slot = table.after(slot);
      }
      if (table.taken(slot)) {
        int place = table.value(slot);
        forest.union(nodes[place], row);
        if (order.compare(row, nodes[place]) < 0) {
          nodes[place] = row;
        }
      } else {
        table.put(slot, count);
        nodes[count++] = row;
      }
    }
    return Arrays.copyOf(nodes, count);
  }

  @Override
  public void close() throws IOException {
    sets.close();
  }

  /** One thread's work on bands. */
  private final class Matching {
    private final Order order;
    private final Forest forest;
    private final int[] nodes;
    private final Slots table;
    private final int[] nexts;
    private long[] one = new long[256];
    private long[] other = new long[256];
    private int held = -1;

    Matching(Order order, Forest forest, int[] nodes) {
      this.order = order;
      this.forest = forest;
      this.nodes = nodes;
      this.table = new Slots(nodes.length);
      this.nexts = new int[nodes.length];
    }

    /** Chains the nodes of each key, then compares within each chain of two or more. */
    void band(int band) {
      table.clear();
      for (int i = 0; i < nodes.length; i++) {
        long key = key(band, nodes[i]);
        int slot = table.slot(key);
        while (table.taken(slot) && key(band, nodes[table.value(slot)]) != key) {
          slot = table.after(slot);
        }
        nexts[i] = table.taken(slot) ? table.value(slot) : -1;
        table.put(slot, i);
      }
      for (int slot = 0; slot < table.size(); slot++) {
        if (table.taken(slot) && nexts[table.value(slot)] >= 0) {
          bucket(table.value(slot));
        }
      }
    }

    private long key(int band, int row) {
      return keys.get(row / CHUNK)[band * CHUNK + row % CHUNK];
    }

    private void bucket(int chain) {
      int size = 0;
      for (int i = chain; i >= 0; i = nexts[i]) {
        size++;
      }
      if (size <= BucketPairs.SMALL) {
        // All pairs are compared, in whatever order.
        for (int i = chain; i >= 0; i = nexts[i]) {
          for (int j = nexts[i]; j >= 0; j = nexts[j]) {
            compare(nodes[i], nodes[j]);
          }
        }
        return;
      }
      var members = new ArrayList<Integer>(size);
      for (int i = chain; i >= 0; i = nexts[i]) {
        members.add(nodes[i]);
      }
      members.sort(order::compare);
      var pairs = new BucketPairs<Integer>(this::compare);
      members.forEach(pairs::add);
    }

    private void compare(int row, int with) {
      int size = sets.size(row);
      int sizeOfOther = sets.size(with);
      if (!Jaccard.possible(size, sizeOfOther, settings.threshold())
          || forest.connected(row, with)) {
        return;
      }
      if (held != row) {
        one = sets.read(row, one);
        held = row;
      }
      other = sets.read(with, other);
      compared.increment();
      if (Jaccard.of(one, size, other, sizeOfOther) >= settings.threshold()) {
        forest.union(row, with);
      }
    }
  }

  /** Open addressing from 64-bit keys to numbers, at most half full; keys are the caller's. */
  private static final class Slots {
    private final int[] values;
    private final int shift;

    Slots(int most) {
      int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, most));
      if (bits > 30) {
        throw new IllegalArgumentException("at most 2^29 rows fit, but there are " + most);
      }
      values = new int[1 << bits];
      shift = 64 - bits;
      clear();
    }

    int size() {
      return values.length;
    }

    void clear() {
      Arrays.fill(values, -1);
    }

    int slot(long key) {
      return (int) (key >>> shift);
    }

    int after(int slot) {
      return (slot + 1) & (values.length - 1);
    }

    boolean taken(int slot) {
      return values[slot] >= 0;
    }

    int value(int slot) {
      return values[slot];
    }

    void put(int slot, int value) {
      values[slot] = value;
    }
  }
}
