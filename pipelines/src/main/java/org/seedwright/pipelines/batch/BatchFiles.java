package org.seedwright.pipelines.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes lines into files of bounded size, under hidden names until all are whole and on disk. One
 * file has the name that was asked for; several are numbered: {@code batch-001.jsonl}, {@code
 * batch-002.jsonl}. Closed without {@link #publish} it leaves nothing behind.
 */
public final class BatchFiles implements AutoCloseable {
  /** OpenAI takes at most this many requests a file. */
  public static final int MOST_REQUESTS = 50_000;

  /** OpenAI takes at most 200 MB a file. */
  public static final long MOST_BYTES = 200_000_000;

  private static final String ENDING = ".jsonl";

  private final Path out;
  private final int mostRequests;
  private final long mostBytes;
  private final List<Path> hidden = new ArrayList<>();
  private FileChannel channel;
  private OutputStream stream;
  private int requestsInFile;
  private long bytesInFile;
  private long bytes;

  /**
   * @param mostRequests of a file, 1 or more
   * @param mostBytes of a file; no line may be longer
   * @throws FileAlreadyExistsException if the file, or a first numbered one, is there: it may hold
   *     requests that are still to be handed in
   */
  public BatchFiles(Path out, int mostRequests, long mostBytes) throws IOException {
    this.out = out.toAbsolutePath();
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
    refuseExisting(this.out);
    refuseExisting(numbered(1));
  }

  private static void refuseExisting(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  long mostBytes() {
    return mostBytes;
  }

  /** Returns the bytes of all lines so far. */
  long bytes() {
    return bytes;
  }

  void write(String text) throws IOException {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    if (stream == null || requestsInFile == mostRequests || bytesInFile + line.length > mostBytes) {
      next();
    }
    stream.write(line);
    requestsInFile++;
    bytesInFile += line.length;
    bytes += line.length;
  }

  private void next() throws IOException {
    finish();
    Files.createDirectories(out.getParent());
    Path file = out.resolveSibling(".%s.%d".formatted(out.getFileName(), hidden.size() + 1));
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    hidden.add(file);
    requestsInFile = 0;
    bytesInFile = 0;
  }

  private void finish() throws IOException {
    if (stream == null) {
      return;
    }
    try (OutputStream ending = stream) {
      stream = null;
      ending.flush();
      channel.force(true);
    }
  }

  /** Gives the files their names; none where no line was written. */
  List<Path> publish() throws IOException {
    finish();
    var files = new ArrayList<Path>();
    for (int i = 0; i < hidden.size(); i++) {
      Path file = hidden.size() == 1 ? out : numbered(i + 1);
      refuseExisting(file);
      Files.move(hidden.get(i), file, StandardCopyOption.ATOMIC_MOVE);
      files.add(file);
    }
    return List.copyOf(files);
  }

  private Path numbered(int number) {
    String name = out.getFileName().toString();
    boolean ends = name.endsWith(ENDING);
    String stem = ends ? name.substring(0, name.length() - ENDING.length()) : name;
    return out.resolveSibling("%s-%03d%s".formatted(stem, number, ends ? ENDING : ""));
  }

  @Override
  public void close() throws IOException {
    finish();
    for (Path file : hidden) {
      Files.deleteIfExists(file);
    }
  }
}
