package org.seedwright.pipelines.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Identity;

/**
 * The ids of rows, which name them in whatever order they come: the value of a column, or else 32
 * hex digits of the SHA-256 of the row and, of rows that are alike to the byte, their number. Which
 * of those gets which number depends on the order; the set of ids and rows does not.
 *
 * <p>Holds 16 bytes a row twice over, and the ids themselves where a column gives them.
 */
final class RowIds {
  private final Optional<String> column;
  private final List<String> named = new ArrayList<>();
  private long[] digests = new long[2048];
  private int[] table = new int[4096];
  private int count;

  RowIds(Optional<String> column) {
    this.column = column;
    Arrays.fill(table, -1);
  }

  /** What is needed of a row to give it an id; may be computed by any thread. */
  record Key(String place, Optional<String> name, long high, long low) {}

  static Key key(Row row, Optional<String> column) {
    if (column.isEmpty()) {
      ByteBuffer digest = ByteBuffer.wrap(row.digest());
      return new Key(row.place(), Optional.empty(), digest.getLong(), digest.getLong());
    }
    String name =
        row.text(column.get())
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    new RowFileException(
                        "%s: the row has no %s, which --id names"
                            .formatted(row.place(), column.get())));
    ByteBuffer digest =
        ByteBuffer.wrap(Identity.sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
    return new Key(row.place(), Optional.of(name), digest.getLong(), digest.getLong());
  }

  /** Gives the next row its id. */
  void add(Key key) {
    long high = key.high();
    long low = key.low();
    long copy = 0;
    int slot = slot(high);
    while (table[slot] >= 0) {
      int row = table[slot];
      if (digests[2 * row] == high && digests[2 * row + 1] == low) {
        if (column.isPresent()) {
          throw new RowFileException(
              "%s: a row before it has the same %s: %s"
                  .formatted(key.place(), column.get(), key.name().orElseThrow()));
        }
        copy++;
        ByteBuffer again = ByteBuffer.allocate(24).putLong(key.high()).putLong(key.low());
        ByteBuffer digest = ByteBuffer.wrap(Identity.sha256().digest(again.putLong(copy).array()));
        high = digest.getLong();
        low = digest.getLong();
        slot = slot(high);
      } else {
        slot = (slot + 1) & (table.length - 1);
      }
    }
    if (2 * count + 2 > digests.length) {
      digests = Arrays.copyOf(digests, digests.length + (digests.length >> 1));
    }
    digests[2 * count] = high;
    digests[2 * count + 1] = low;
    key.name().ifPresent(named::add);
    table[slot] = count++;
    if (count * 2 > table.length) {
      grow();
    }
  }

  /** Compares two rows: by their ids' digests, an order that chance made and any machine sees. */
  int compare(int row, int other) {
    int high = Long.compareUnsigned(digests[2 * row], digests[2 * other]);
    return high != 0 ? high : Long.compareUnsigned(digests[2 * row + 1], digests[2 * other + 1]);
  }

  String id(int row) {
    if (column.isPresent()) {
      return named.get(row);
    }
    return HexFormat.of().toHexDigits(digests[2 * row])
        + HexFormat.of().toHexDigits(digests[2 * row + 1]);
  }

  int count() {
    return count;
  }

  private int slot(long high) {
    return (int) (high >>> 32) & (table.length - 1);
  }

  private void grow() {
    table = new int[table.length * 2];
    Arrays.fill(table, -1);
    for (int row = 0; row < count; row++) {
      int slot = slot(digests[2 * row]);
      while (table[slot] >= 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = row;
    }
  }
}
