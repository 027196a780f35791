package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.store.JsonReading.JsonMistake;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A response store in one SQLite file on a local file system, for one process at a time.
 * Write-ahead log with a sync at every commit; writes of many threads share a commit.
 *
 * <p>Requests and replies are kept as canonical JSON, which holds every Java string: a reply with
 * half a surrogate pair or a NUL comes back as it was.
 */
public final class SqliteResponseStore implements ResponseStore {
  private final Path file;
  private final String run;
  private final InstantSource clock;
  private final StoreLock lock;
  private final Connection writing;
  private final Connection reading;
  private final GroupCommit commits;
  private final long journaledBefore;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteResponseStore(
      Path file,
      String run,
      InstantSource clock,
      StoreLock lock,
      Connection writing,
      Connection reading)
      throws SQLException {
    this.file = file;
    this.run = run;
    this.clock = clock;
    this.lock = lock;
    this.writing = writing;
    this.reading = reading;
    this.journaledBefore = count(reading, "SELECT coalesce(max(seq), 0) FROM journal");
    this.commits = new GroupCommit(file, writing);
  }

  /**
   * Opens the store, which is made where there is none.
   *
   * @param run name of the run, for the journal
   * @param clock for the log of transport failures only; no time reaches a row
   * @throws StoreException when another process holds it, or the file is not a store, or is
   *     damaged, or cannot be written; nothing is changed then
   */
  public static SqliteResponseStore open(Path file, String run, InstantSource clock) {
    requireNonNull(run, "run is null");
    requireNonNull(clock, "clock is null");
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new StoreException("the response store %s is a folder".formatted(file));
    }
    try {
      Files.createDirectories(absolute.getParent());
    } catch (IOException e) {
      throw new StoreException(
          "cannot make the folder of the response store %s: %s".formatted(file, e.getMessage()), e);
    }
    StoreLock lock = StoreLock.of(absolute);
    Connection writing = null;
    Connection reading = null;
    boolean opened = false;
    try {
      writing = SqliteFile.open(absolute);
      reading = SqliteFile.connect(absolute);
      var store = new SqliteResponseStore(absolute, run, clock, lock, writing, reading);
      opened = true;
      return store;
    } catch (SQLException e) {
      throw SqliteFile.failure(absolute, e);
    } finally {
      if (!opened) {
        if (reading != null) {
          SqliteFile.closeQuietly(reading);
        }
        if (writing != null) {
          SqliteFile.closeQuietly(writing);
        }
        lock.close();
      }
    }
  }

  @Override
  public Optional<Reply> find(String key, int maxOutputTokens) {
    Keys.check(key);
    return read(connection -> find(connection, key, maxOutputTokens));
  }

  private Optional<Reply> find(Connection connection, String key, int cap) throws SQLException {
    List<Reply> replies = replies(connection, key);
    Optional<Reply> serving = replies.stream().filter(reply -> reply.serves(cap)).findFirst();
    if (serving.isEmpty()) {
      // A damaged key or index would look like a reply that was never bought: the journal, which
      // names every stored reply a second time, must agree before the request may be sent again.
      long journaled =
          count(
              connection,
              "SELECT count(DISTINCT max_output_tokens) FROM journal WHERE key = ? AND event ="
                  + " 'stored'",
              key);
      if (journaled != replies.size()) {
        throw new StoreException(
            "the response store %s is damaged: its journal names %d replies to request %s, but it"
                    .formatted(file, journaled, key)
                + " holds %d".formatted(replies.size()));
      }
    }
    return serving;
  }

  /** All replies to one request, in the order they were stored, each verified. */
  private List<Reply> replies(Connection connection, String key) throws SQLException {
    var replies = new ArrayList<Reply>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT max_output_tokens, reply, digest FROM replies WHERE key = ? ORDER BY"
                + " ordinal")) {
      query.setString(1, key);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          replies.add(verified(key, rows.getInt(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return replies;
  }

  private Reply verified(String key, int cap, String json, String digest) {
    try {
      Reply reply = JsonReading.reply(json);
      if (reply.digest().equals(digest)
          && reply.key().equals(key)
          && reply.maxOutputTokens() == cap) {
        return reply;
      }
    } catch (JsonMistake e) {
      // The same damage, seen earlier.
    }
    throw new StoreException(
        "the response store %s is damaged: the reply to request %s does not match its digest;"
                .formatted(file, key)
            + " restore the store from a copy");
  }

  @Override
  public Optional<TeacherRequest> request(String key) {
    Keys.check(key);
    return read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("SELECT request FROM requests WHERE key = ?")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
              return rows.next()
                  ? Optional.of(verifiedRequest(key, rows.getString(1)))
                  : Optional.empty();
            }
          }
        });
  }

  private TeacherRequest verifiedRequest(String key, String json) {
    try {
      TeacherRequest request = JsonReading.request(JsonReading.object(json), "request");
      if (request.key().equals(key)) {
        return request;
      }
    } catch (JsonMistake e) {
      // The same damage, seen earlier.
    }
    throw new StoreException(
        "the response store %s is damaged: request %s does not match its key".formatted(file, key));
  }

  @Override
  public long sent(TeacherRequest request, int maxOutputTokens) {
    String key = request.key();
    String json = CanonicalJson.text(request);
    return commits.durably(
        connection -> {
          addRequest(connection, key, json);
          return journal(connection, key, maxOutputTokens, "sent", Optional.empty());
        });
  }

  @Override
  public Reply stored(long call, Reply reply) {
    return commits.durably(
        connection -> {
          checkOpen(connection, call, reply.key());
          addReply(connection, reply);
          journal(connection, reply.key(), reply.maxOutputTokens(), "stored", Optional.of(call));
          return replies(connection, reply.key()).stream()
              .filter(kept -> kept.maxOutputTokens() == reply.maxOutputTokens())
              .findFirst()
              .orElseThrow();
        });
  }

  @Override
  public void failed(long call) {
    commits.durably(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO journal (key, max_output_tokens, run, event, call) SELECT key,"
                      + " max_output_tokens, ?, 'failed', seq FROM journal WHERE seq = ? AND event"
                      + " = 'sent'")) {
            insert.setString(1, run);
            insert.setLong(2, call);
            if (insert.executeUpdate() != 1) {
              throw new IllegalArgumentException("no call %d was sent".formatted(call));
            }
          }
          return true;
        });
  }

  @Override
  public void transportFailure(TransportFailure failure) {
    String at = clock.instant().toString();
    commits.durably(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO transport_failures (key, run, attempt, kind, status, message, at)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, failure.key());
            insert.setString(2, run);
            insert.setInt(3, failure.attempt());
            insert.setString(4, failure.kind());
            if (failure.status().isPresent()) {
              insert.setInt(5, failure.status().getAsInt());
            }
            insert.setString(6, failure.message());
            insert.setString(7, at);
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public boolean add(TeacherRequest request, Reply reply) {
    String key = request.key();
    if (!key.equals(reply.key())) {
      throw new IllegalArgumentException(
          "the reply is to request %s, not to %s".formatted(reply.key(), key));
    }
    String json = CanonicalJson.text(request);
    return commits.durably(
        connection -> {
          addRequest(connection, key, json);
          boolean added = addReply(connection, reply);
          if (added) {
            journal(connection, key, reply.maxOutputTokens(), "stored", Optional.empty());
          }
          return added;
        });
  }

  @Override
  public List<InDoubt> inDoubt() {
    return read(
        connection -> {
          var open = new ArrayList<InDoubt>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT seq, key, run, max_output_tokens FROM journal AS opened WHERE event ="
                      + " 'sent' AND seq <= ? AND NOT EXISTS (SELECT 1 FROM journal WHERE call ="
                      + " opened.seq) ORDER BY seq")) {
            query.setLong(1, journaledBefore);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                open.add(
                    new InDoubt(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getInt(4)));
              }
            }
          }
          return open;
        });
  }

  @Override
  public StoreStats stats() {
    long doubtful = inDoubt().size();
    return read(
        connection -> {
          Map<Ending, Long> byEnding = new EnumMap<>(Ending.class);
          for (Ending ending : Ending.values()) {
            byEnding.put(
                ending,
                count(
                    connection,
                    "SELECT count(*) FROM replies WHERE ending = ?",
                    JsonReading.id(ending)));
          }
          return new StoreStats(
              count(connection, "SELECT count(*) FROM replies"),
              byEnding,
              count(connection, "SELECT coalesce(sum(input_tokens), 0) FROM replies"),
              count(connection, "SELECT coalesce(sum(output_tokens), 0) FROM replies"),
              count(connection, "SELECT count(*) FROM transport_failures"),
              doubtful);
        });
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    commits.close();
    try {
      synchronized (reading) {
        reading.close();
      }
      writing.close();
    } catch (SQLException e) {
      throw SqliteFile.failure(file, e);
    } finally {
      lock.close();
    }
  }

  private static void addRequest(Connection connection, String key, String json)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO requests (key, request) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, key);
      insert.setString(2, json);
      insert.executeUpdate();
    }
  }

  private static boolean addReply(Connection connection, Reply reply) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO replies (key, max_output_tokens, ending, input_tokens, output_tokens,"
                + " reply, digest) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, reply.key());
      insert.setInt(2, reply.maxOutputTokens());
      insert.setString(3, JsonReading.id(reply.ending()));
      insert.setLong(4, reply.inputTokens());
      insert.setLong(5, reply.outputTokens());
      insert.setString(6, CanonicalJson.text(reply));
      insert.setString(7, reply.digest());
      return insert.executeUpdate() == 1;
    }
  }

  private long journal(
      Connection connection, String key, int cap, String event, Optional<Long> call)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal (key, max_output_tokens, run, event, call) VALUES (?, ?, ?, ?, ?)"
                + " RETURNING seq")) {
      insert.setString(1, key);
      insert.setInt(2, cap);
      insert.setString(3, run);
      insert.setString(4, event);
      if (call.isPresent()) {
        insert.setLong(5, call.get());
      }
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void checkOpen(Connection connection, long call, String key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT key FROM journal WHERE seq = ? AND event = 'sent'")) {
      query.setLong(1, call);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next() || !rows.getString(1).equals(key)) {
          throw new IllegalArgumentException(
              "call %d was not sent for request %s".formatted(call, key));
        }
      }
    }
  }

  private static long count(Connection connection, String sql, String... texts)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < texts.length; i++) {
        query.setString(i + 1, texts[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private interface Read<T> {
    T apply(Connection connection) throws SQLException;
  }

  /** Reads see what was committed; one at a time, each well under a millisecond. */
  private <T> T read(Read<T> read) {
    synchronized (reading) {
      try {
        return read.apply(reading);
      } catch (SQLException e) {
        throw SqliteFile.failure(file, e);
      }
    }
  }
}
