package org.seedwright.pipelines.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.seedwright.pipelines.batch.ReplyLine.MalformedLine;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.store.TransportFailure;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.OpenAiBodies;
import org.seedwright.pipelines.teacher.Price;
import org.seedwright.pipelines.teacher.TeacherException;

/**
 * Brings the replies of a batch service into the store, in any order, in parts, and as often as one
 * likes: a reply that is there stays, and a failure closes only the very try that it names. A line
 * that is of no use is counted and named; the others are stored all the same. When {@link #read}
 * returns, what was stored is durable.
 *
 * <p>Reads each file once. Holds some lines, and of each exported request without a reply its key.
 */
public final class BatchImport implements AutoCloseable {
  /** A reply of 100,000 tokens is well under 1 MiB. */
  static final int LONGEST_LINE = 16 << 20;

  private static final int PROBLEMS_KEPT = 100;

  /** Lines whose commits are shared. */
  private static final int TOGETHER = 128;

  private static final long BYTES_TOGETHER = 8 << 20;
  private static final int WRITERS = 16;

  private final ResponseStore store;
  private final Function<String, Optional<Price>> prices;
  private final Foreign foreign;
  private final OpenAiBodies bodies = new OpenAiBodies();
  private final Map<Long, InDoubt> exported = new HashMap<>();
  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
  private final List<Future<?>> writing = new ArrayList<>();
  private final Set<String> keysWriting = new HashSet<>();
  private long bytesWriting;

  private long stored;
  private long alreadyThere;
  private final Map<String, Long> failed = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long foreignLines;
  private long malformed;
  private final List<Flaw> flaws = new ArrayList<>();

  /** Takes lines that belong to nobody here. */
  @FunctionalInterface
  public interface Foreign {
    /** Keeps the line aside. */
    void keep(byte[] line) throws IOException;
  }

  /**
   * A place in a file that is not as it should be.
   *
   * @param line from 1
   */
  public record Flaw(Path file, long line, String message) {}

  /**
   * What an import did. Each line that is not blank is counted once.
   *
   * @param stored replies that are new
   * @param alreadyThere settled before: the reply is in the store, or the try was closed as failed
   * @param failed tries closed without a reply, by kind; their requests can be exported again
   * @param failures some of the failures in words
   * @param foreign lines of requests that this store or experiment does not know
   * @param malformed lines, or ends of files, that cannot be read
   * @param flaws some of the malformed ones
   */
  public record Imported(
      long stored,
      long alreadyThere,
      Map<String, Long> failed,
      List<String> failures,
      long foreign,
      long malformed,
      List<Flaw> flaws) {
    public Imported {
      failed = Map.copyOf(new TreeMap<>(failed));
      failures = List.copyOf(failures);
      flaws = List.copyOf(flaws);
    }

    /** Returns the failed tries of all kinds. */
    public long failedInAll() {
      return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether lines were read, and none of them belongs here. */
    public boolean onlyForeign() {
      return foreign > 0 && stored + alreadyThere + failedInAll() + malformed == 0;
    }
  }

  /**
   * @param prices of a model's tokens; empty for a model that the experiment does not ask
   */
  public BatchImport(
      ResponseStore store, Function<String, Optional<Price>> prices, Foreign foreign) {
    this.store = store;
    this.prices = prices;
    this.foreign = foreign;
    store.exported().forEach(open -> exported.put(open.call(), open));
  }

  /**
   * Imports a file.
   *
   * @throws IOException if it cannot be read; what was read so far is stored
   */
  public void read(Path file) throws IOException, InterruptedException {
    try (var lines = BoundedLines.open(file, LONGEST_LINE)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        read(file, line.get());
      }
      if (lines.damage().isPresent()) {
        flaw(file, lines.number() + 1, lines.damage().get() + "; the lines before it were read");
      }
    } finally {
      awaitWriting();
    }
  }

  /** Returns what was done so far. */
  public Imported imported() {
    return new Imported(stored, alreadyThere, failed, failures, foreignLines, malformed, flaws);
  }

  private void read(Path file, BoundedLines.Line line) throws IOException, InterruptedException {
    if (line.bytes().isEmpty()) {
      flaw(file, line.number(), "is longer than %,d bytes".formatted(LONGEST_LINE));
      return;
    }
    byte[] bytes = line.bytes().get();
    if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
      return;
    }
    try {
      settle(ReplyLine.of(bytes), bytes);
    } catch (MalformedLine e) {
      flaw(file, line.number(), e.getMessage());
    }
  }

  private void flaw(Path file, long line, String message) {
    malformed++;
    if (flaws.size() < PROBLEMS_KEPT) {
      flaws.add(new Flaw(file, line, message));
    }
  }

  private void settle(ReplyLine line, byte[] bytes) throws IOException, InterruptedException {
    Optional<CustomId> id = CustomId.of(line.customId());
    Optional<TeacherRequest> request = id.flatMap(one -> store.request(one.key()));
    Optional<Price> price = request.flatMap(asked -> prices.apply(asked.model()));
    if (price.isEmpty()) {
      foreignLines++;
      foreign.keep(bytes);
      return;
    }
    if (keysWriting.contains(id.get().key())
        || writing.size() >= TOGETHER
        || bytesWriting > BYTES_TOGETHER) {
      awaitWriting();
    }
    settle(id.get(), request.get(), price.get(), line);
    keysWriting.add(id.get().key());
    bytesWriting += bytes.length;
  }

  private void settle(CustomId id, TeacherRequest request, Price price, ReplyLine line)
      throws InterruptedException {
    Cost counted = price.of(line.inputTokens(), line.outputTokens());
    if (line.failure().isPresent()) {
      // A request that brought no reply is free, unless the service says what it counted.
      failed(id, line.failure().get(), counted);
      return;
    }
    try {
      Reply reply = bodies.reply(request, id.maxOutputTokens(), line.body().orElseThrow());
      stored(id, request, reply, price);
    } catch (TeacherException e) {
      failed(id, e, counted.tokens() > 0 ? counted : price.worst(request, id.maxOutputTokens()));
    }
  }

  private void failed(CustomId id, TeacherException why, Cost charged) {
    if (!take(id)) {
      alreadyThere++;
      return;
    }
    FailureKind kind = why.kind();
    failed.merge(kind.id(), 1L, Long::sum);
    if (failures.size() < PROBLEMS_KEPT) {
      failures.add(why.getMessage());
    }
    var failure = new TransportFailure(id.key(), 1, kind.id(), why.status(), why.getMessage());
    write(() -> store.failed(id.call(), failure, charged));
  }

  private void stored(CustomId id, TeacherRequest request, Reply reply, Price price) {
    Cost cost = price.of(request, reply);
    if (take(id)) {
      stored++;
      write(() -> store.stored(id.call(), reply, cost));
    } else if (store.find(id.key(), id.maxOutputTokens()).isPresent()) {
      alreadyThere++;
    } else {
      late(request, reply, cost);
    }
  }

  /**
   * A reply to a try that was closed as failed, or that another store exported. It was paid for: it
   * is charged where the budget allows, and kept in any case.
   */
  private void late(TeacherRequest request, Reply reply, Cost cost) {
    Opening opening = store.open(request, reply.maxOutputTokens(), cost, Channel.FILE);
    if (opening instanceof Opening.Opened opened) {
      store.stored(opened.call(), reply, cost);
      stored++;
    } else if (store.add(request, reply)) {
      stored++;
    } else {
      alreadyThere++;
    }
  }

  /** Whether the try that an id names is open; from now on it is not. */
  private boolean take(CustomId id) {
    InDoubt open = exported.get(id.call());
    if (open == null
        || !open.key().equals(id.key())
        || open.maxOutputTokens() != id.maxOutputTokens()) {
      return false;
    }
    exported.remove(id.call());
    return true;
  }

  private void write(Runnable write) {
    writing.add(writers.submit(write));
  }

  /** Returns when all that was handed to the writers is durable. */
  private void awaitWriting() throws InterruptedException {
    try {
      for (Future<?> one : writing) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException known) {
        throw new StoreException(known.getMessage(), known);
      }
      throw new IllegalStateException("a reply could not be stored", e.getCause());
    } finally {
      writing.clear();
      keysWriting.clear();
      bytesWriting = 0;
    }
  }

  @Override
  public void close() {
    writers.shutdown();
  }
}
