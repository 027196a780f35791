package org.seedwright.pipelines.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions;

/**
 * Writes one part of a table: rows in ascending order of their ids, under a hidden name that
 * becomes the part's name once it is whole, and beside it its summary.
 */
public final class PartWriter<T extends Record> implements AutoCloseable {
  private final Table<T> table;
  private final TableFolder folder;
  private final String part;
  private final String hidden;
  private final MessageDigest digest;
  private final CountingStream bytes;
  private final ParquetRows.Writer<T> rows;
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private final Optional<Columns.Column> reason;
  private ContentHash hash = ContentHash.EMPTY;
  private Optional<String> last = Optional.empty();
  private boolean complete;

  /**
   * Begins a part.
   *
   * @param attempt tells this writer's hidden file from that of another attempt at the same part
   */
  public PartWriter(Table<T> table, TableFolder folder, int shard, String attempt)
      throws IOException {
    this.table = table;
    this.folder = folder;
    this.part = folder.shards().part(shard);
    this.hidden = folder.path() + "/." + part + "." + attempt;
    this.reason =
        Columns.of(table.type()).list().stream()
            .filter(column -> column.name().equals("reason"))
            .findFirst();
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    bytes = new CountingStream(new DigestOutputStream(ParquetRows.newFile(hidden), digest));
    rows = ParquetRows.create(table, bytes);
  }

  /**
   * Appends a row.
   *
   * @throws IllegalStateException if its id, as UTF-8 bytes, is not above that of the row before
   */
  public void write(T row) throws IOException {
    // What is hashed and counted is what a reader will read.
    T stored = table.stored(row);
    checkOrder(table.id(stored));
    rows.write(stored);
    hash = hash.plus(stored);
    reason.ifPresent(
        column -> {
          Object value = column.of(stored);
          String key = value instanceof Enum<?> e ? CanonicalJson.kebabCase(e) : value.toString();
          reasons.merge(key, 1L, Long::sum);
        });
  }

  private void checkOrder(String id) {
    if (last.isPresent()) {
      // The order of bytes, as the shard was sorted; UTF-16 has another beyond U+FFFF.
      int order =
          Arrays.compareUnsigned(
              id.getBytes(StandardCharsets.UTF_8), last.get().getBytes(StandardCharsets.UTF_8));
      if (order == 0) {
        throw new IllegalStateException("%s: two rows have the id %s".formatted(folder.path(), id));
      }
      if (order < 0) {
        throw new IllegalStateException(
            "%s: row %s comes after %s".formatted(folder.path(), id, last.get()));
      }
    }
    last = Optional.of(id);
  }

  /** Completes the part: from here on it stands under its own name, with its summary. */
  public void complete() throws IOException {
    rows.close();
    complete = true;
    String sha256 = HexFormat.of().formatHex(digest.digest());
    move(hidden, folder.path() + "/" + part);
    var summary = new PartSummary(folder.name() + part, sha256, bytes.count, hash, reasons);
    try (OutputStream out = ParquetRows.newFile(folder.path() + "/." + part + ".json")) {
      out.write(summary.json().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void move(String from, String to) throws IOException {
    FileSystems.rename(
        List.of(FileSystems.matchNewResource(from, false)),
        List.of(FileSystems.matchNewResource(to, false)),
        MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Closes the file; a part that was not completed stays hidden and is never read. */
  @Override
  public void close() throws IOException {
    if (!complete) {
      rows.close();
    }
  }

  private static final class CountingStream extends java.io.FilterOutputStream {
    private long count;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      count += length;
    }
  }
}
