package org.seedwright.pipelines.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How far a store's journal had come, in a small file beside it: the number of its last durable
 * line. SQLite drops what it finds damaged at the end of its write-ahead log without a word; the
 * mark tells that from a transaction which was never acknowledged.
 *
 * <p>Written after each commit and not synced. So it is exact after a kill of the process, may lag
 * behind after a power cut, and is never ahead of what was durable.
 */
final class StoreMark implements AutoCloseable {
  private static final int DIGITS = 19;

  private final FileChannel channel;

  private StoreMark(FileChannel channel) {
    this.channel = channel;
  }

  static Path beside(Path store) {
    return store.resolveSibling(store.getFileName() + "-mark");
  }

  /** Opens the mark of a store, for {@link #reached}. */
  static StoreMark open(Path store) {
    try {
      return new StoreMark(
          FileChannel.open(beside(store), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new StoreException("cannot write %s: %s".formatted(beside(store), e.getMessage()), e);
    }
  }

  /**
   * Returns the last line that was durable; 0 where there is no mark.
   *
   * @throws StoreException when the mark holds something else
   */
  static long of(Path store) {
    Path file = beside(store);
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return 0;
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      // After a power cut a file may have got its length and not yet its bytes.
      if (text.chars().allMatch(character -> character == 0)) {
        return 0;
      }
      long line = text.matches("[0-9]{19}\n") ? Long.parseLong(text.strip()) : -1;
      if (line < 0) {
        throw new StoreException(
            "%s is damaged: it must hold a line number of 19 digits; delete it if the response"
                    .formatted(file)
                + " store itself is known to be whole");
      }
      return line;
    } catch (IOException | NumberFormatException e) {
      throw new StoreException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Notes that the journal is durable up to this line. */
  void reached(long line) {
    try {
      String digits = Long.toString(line);
      String text = "0".repeat(DIGITS - digits.length()) + digits + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      // The line is durable, and its writer must hear so. A mark that lags behind proves less, and
      // nothing that is wrong.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // As above.
    }
  }
}
