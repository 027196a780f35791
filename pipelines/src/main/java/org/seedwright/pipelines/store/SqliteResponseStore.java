package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seedwright.evolve.Ending;
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
  private final Budget budget;
  private final InstantSource clock;
  private final StoreLock lock;
  private final Connection writing;
  private final Connection reading;
  private final StoreMark mark;
  private final SqliteStatements statements;
  private final SqliteAccounts accounts;
  private final SqliteJournalNumbers numbers;
  private final GroupCommit commits;
  private final long journaledBefore;
  private final OpenCalls openCalls = new OpenCalls();

  /** Null until they are needed; guarded by the connection that reads. */
  private KnownKeys known;

  private final AtomicBoolean closed = new AtomicBoolean();

  private SqliteResponseStore(
      Path file,
      String run,
      Budget budget,
      InstantSource clock,
      StoreLock lock,
      Connection writing,
      Connection reading)
      throws SQLException {
    this.file = file;
    this.run = run;
    this.budget = budget;
    this.clock = clock;
    this.lock = lock;
    this.writing = writing;
    this.reading = reading;
    this.statements = new SqliteStatements(writing, reading);
    this.accounts = new SqliteAccounts(statements);
    this.journaledBefore = count(reading, "SELECT coalesce(max(seq), 0) FROM journal");
    this.numbers = new SqliteJournalNumbers(journaledBefore);
    this.mark = StoreMark.open(file);
    this.commits =
        new GroupCommit(
            "the response store " + file,
            writing,
            new SqliteCommits(file, mark, accounts, numbers));
  }

  /** Opens the store for a run without a budget. */
  public static SqliteResponseStore open(Path file, String run, InstantSource clock) {
    return open(file, run, Budget.NONE, clock);
  }

  /**
   * Opens the store, which is made where there is none.
   *
   * @param run name of the run, for the journal and its account
   * @param budget what the run may spend in all
   * @param clock for the log of transport failures only; no time reaches a row
   * @throws StoreException when another process holds it, or the file is not a store, or is
   *     damaged, or cannot be written; nothing is changed then
   */
  public static SqliteResponseStore open(
      Path file, String run, Budget budget, InstantSource clock) {
    requireNonNull(run, "run is null");
    requireNonNull(budget, "budget is null");
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
    StoreLock lock = StoreLock.of("response store", absolute);
    Connection writing = null;
    Connection reading = null;
    boolean opened = false;
    try {
      writing = SqliteFile.open(absolute);
      reading = SqliteFile.connect(absolute);
      var store = new SqliteResponseStore(absolute, run, budget, clock, lock, writing, reading);
      opened = true;
      return store;
    } catch (SQLException e) {
      throw SqliteFile.failure(absolute, e);
    } finally {
      if (!opened) {
        if (reading != null) {
          Sqlite.closeQuietly(reading);
        }
        if (writing != null) {
          Sqlite.closeQuietly(writing);
        }
        lock.close();
      }
    }
  }

  @Override
  public Optional<Reply> find(String key, int maxOutputTokens) {
    Keys.check(key);
    return known().mayHold(key)
        ? read(connection -> look(connection, key, maxOutputTokens).serving())
        : Optional.empty();
  }

  /**
   * The keys of all tables, since a damaged one would be missing in one of them only. Read before
   * this process writes any.
   */
  private KnownKeys known() {
    if (closed.get()) {
      throw new StoreException("the response store %s is closed".formatted(file));
    }
    return read(
        connection -> {
          if (known == null) {
            var keys = new KnownKeys();
            try (Statement statement = connection.createStatement();
                ResultSet rows =
                    statement.executeQuery(
                        "SELECT key FROM requests UNION ALL SELECT key FROM replies UNION ALL"
                            + " SELECT key FROM journal")) {
              while (rows.next()) {
                String key = rows.getString(1);
                // A damaged key is nobody's; who asks for the right one finds the others.
                if (Keys.isKey(key)) {
                  keys.add(key);
                }
              }
            }
            known = keys;
          }
          return known;
        });
  }

  /**
   * What is known of a request.
   *
   * @param serving the reply that serves
   * @param asked whether it was ever asked
   */
  private record Known(Optional<Reply> serving, boolean asked) {
    static final Known NOTHING = new Known(Optional.empty(), false);
  }

  /**
   * One statement, so that replies and journal are of one moment. A damaged key would look like a
   * reply that was never bought: the journal, which names every stored reply a second time, must
   * agree before the request may be sent again.
   */
  private Known look(Connection connection, String key, int cap) throws SQLException {
    PreparedStatement query =
        statements.of(
            connection,
            "SELECT journaled, max_output_tokens, reply, digest, lines FROM (SELECT count(DISTINCT"
                + " max_output_tokens) FILTER (WHERE event = 'stored') AS journaled, count(*) AS"
                + " lines FROM journal WHERE key = ?1) LEFT JOIN replies ON key = ?1 ORDER BY"
                + " ordinal");
    query.setString(1, key);
    try (ResultSet rows = query.executeQuery()) {
      var serving = Optional.<Reply>empty();
      long journaled = 0;
      long lines = 0;
      int held = 0;
      while (rows.next()) {
        journaled = rows.getLong(1);
        lines = rows.getLong(5);
        if (rows.getString(3) != null) {
          held++;
          Reply reply =
              StoredJson.reply(file, key, rows.getInt(2), rows.getString(3), rows.getString(4));
          serving = serving.or(() -> reply.serves(cap) ? Optional.of(reply) : Optional.empty());
        }
      }
      if (serving.isEmpty() && journaled != held) {
        throw StoredJson.missing(file, key, journaled, held);
      }
      return new Known(serving, lines > 0);
    }
  }

  @Override
  public Optional<TeacherRequest> request(String key) {
    Keys.check(key);
    return read(
        connection -> {
          PreparedStatement query =
              statements.of(connection, "SELECT request FROM requests WHERE key = ?");
          query.setString(1, key);
          try (ResultSet rows = query.executeQuery()) {
            return rows.next()
                ? Optional.of(StoredJson.request(file, key, rows.getString(1)))
                : Optional.empty();
          }
        });
  }

  @Override
  public Opening open(TeacherRequest request, int maxOutputTokens, Cost worst, Channel channel) {
    return open(List.of(new Wish(request, maxOutputTokens, worst)), channel).get(0);
  }

  @Override
  public List<Opening> open(List<Wish> wishes, Channel channel) {
    List<String> texts = wishes.stream().map(wish -> CanonicalJson.text(wish.request())).toList();
    List<String> keys = texts.stream().map(CanonicalJson::digestOfText).toList();
    KnownKeys held = known();
    List<Opening> openings =
        commits.durably(
            connection -> {
              var all = new ArrayList<Opening>();
              for (int i = 0; i < wishes.size(); i++) {
                Known of = Known.NOTHING;
                if (held.mayHold(keys.get(i))) {
                  of = look(connection, keys.get(i), wishes.get(i).maxOutputTokens());
                }
                held.add(keys.get(i));
                all.add(open(connection, of, wishes.get(i), keys.get(i), texts.get(i), channel));
              }
              return all;
            });
    for (int i = 0; i < wishes.size(); i++) {
      if (openings.get(i) instanceof Opening.Opened opened) {
        openCalls.opened(opened.call(), entry(wishes.get(i), keys.get(i), channel));
      }
    }
    return openings;
  }

  private JournalEntry entry(Wish wish, String key, Channel channel) {
    return new JournalEntry(run, key, wish.maxOutputTokens(), channel, wish.worst());
  }

  private Opening open(
      Connection connection, Known of, Wish wish, String key, String json, Channel channel)
      throws SQLException {
    if (of.serving().isPresent()) {
      return new Opening.Answered(of.serving().get());
    }
    if (of.asked() && awaited(connection, key, channel)) {
      return new Opening.Elsewhere();
    }
    Account account = accounts.of(connection, run);
    if (!budget.covers(account.committed().plus(wish.worst()))) {
      return new Opening.OverBudget(account);
    }
    addRequest(connection, key, json);
    accounts.open(connection, run, wish.worst());
    return new Opening.Opened(
        journal(connection, entry(wish, key, channel), "sent", OptionalLong.empty()));
  }

  /** Whether the reply may still come the same way: to this process, or in a file. */
  private boolean awaited(Connection connection, String key, Channel channel) throws SQLException {
    long first =
        switch (channel) {
          case CALL -> journaledBefore + 1;
          case FILE -> 0;
        };
    return count(
            connection,
            "SELECT count(*) FROM journal AS opened WHERE key = ? AND event = 'sent' AND channel = ?"
                + " AND seq >= CAST(? AS INTEGER) AND NOT EXISTS (SELECT 1 FROM journal WHERE call"
                + " = opened.seq)",
            key,
            channel.id(),
            Long.toString(first))
        > 0;
  }

  @Override
  public Reply stored(long call, Reply reply, Cost cost) {
    var worded = WordedReply.of(reply);
    return openCalls.close(
        call,
        here ->
            commits.durably(
                connection -> {
                  JournalEntry opened = opened(connection, here, call, reply.key());
                  boolean added = addReply(connection, worded);
                  close(connection, call, opened, reply.maxOutputTokens(), "stored", cost);
                  return added ? reply : standing(connection, reply);
                }));
  }

  /** The reply that was stored first under the same key and cap. */
  private Reply standing(Connection connection, Reply other) throws SQLException {
    PreparedStatement query =
        statements.of(
            connection,
            "SELECT reply, digest FROM replies WHERE key = ? AND max_output_tokens = ?");
    query.setString(1, other.key());
    query.setInt(2, other.maxOutputTokens());
    try (ResultSet rows = query.executeQuery()) {
      rows.next();
      return StoredJson.reply(
          file, other.key(), other.maxOutputTokens(), rows.getString(1), rows.getString(2));
    }
  }

  @Override
  public void failed(long call, TransportFailure failure, Cost charged) {
    String at = clock.instant().toString();
    openCalls.close(
        call,
        here ->
            commits.durably(
                connection -> {
                  JournalEntry opened = opened(connection, here, call, failure.key());
                  close(connection, call, opened, opened.cap(), "failed", charged);
                  log(connection, failure, at);
                  return true;
                }));
  }

  /** Closes a try; what it cost is charged to the run that sent it, whoever brings the reply. */
  private void close(
      Connection connection, long call, JournalEntry opened, int cap, String event, Cost cost)
      throws SQLException {
    journal(
        connection,
        new JournalEntry(run, opened.key(), cap, opened.channel(), cost),
        event,
        OptionalLong.of(call));
    accounts.close(connection, opened.run(), opened.cost(), cost);
  }

  private void log(Connection connection, TransportFailure failure, String at) throws SQLException {
    PreparedStatement insert =
        statements.of(
            connection,
            "INSERT INTO transport_failures (key, run, attempt, kind, status, message, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    insert.setString(1, failure.key());
    insert.setString(2, run);
    insert.setInt(3, failure.attempt());
    insert.setString(4, failure.kind());
    if (failure.status().isPresent()) {
      insert.setInt(5, failure.status().getAsInt());
    }
    insert.setString(6, failure.message());
    insert.setString(7, at);
    insert.executeUpdate();
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public Account account() {
    return read(connection -> accounts.committed(connection, run));
  }

  @Override
  public Map<String, Account> accounts() {
    return read(AccountsTable::read);
  }

  @Override
  public boolean add(TeacherRequest request, Reply reply) {
    String key = request.key();
    if (!key.equals(reply.key())) {
      throw new IllegalArgumentException(
          "the reply is to request %s, not to %s".formatted(reply.key(), key));
    }
    String json = CanonicalJson.text(request);
    var worded = WordedReply.of(reply);
    known().add(key);
    return commits.durably(
        connection -> {
          addRequest(connection, key, json);
          boolean added = addReply(connection, worded);
          if (added) {
            journal(
                connection,
                new JournalEntry(run, key, reply.maxOutputTokens(), Channel.FILE, Cost.FREE),
                "stored",
                OptionalLong.empty());
          }
          return added;
        });
  }

  @Override
  public List<InDoubt> inDoubt() {
    // What this process sent it still waits for.
    return open(Channel.CALL, journaledBefore);
  }

  @Override
  public List<InDoubt> exported() {
    return open(Channel.FILE, Long.MAX_VALUE);
  }

  private List<InDoubt> open(Channel channel, long last) {
    return read(
        connection -> {
          var open = new ArrayList<InDoubt>();
          PreparedStatement query =
              statements.of(
                  connection,
                  "SELECT seq, key, run, max_output_tokens, tokens, nano_usd FROM journal AS opened WHERE event ="
                      + " 'sent' AND channel = ? AND seq <= ? AND NOT EXISTS (SELECT 1 FROM"
                      + " journal WHERE call = opened.seq) ORDER BY seq");
          query.setString(1, channel.id());
          query.setLong(2, last);
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              open.add(
                  new InDoubt(
                      rows.getLong(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getInt(4),
                      new Cost(rows.getLong(5), rows.getLong(6))));
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
      mark.close();
      lock.close();
    }
  }

  private void addRequest(Connection connection, String key, String json) throws SQLException {
    PreparedStatement insert =
        statements.of(
            connection, "INSERT INTO requests (key, request) VALUES (?, ?) ON CONFLICT DO NOTHING");
    insert.setString(1, key);
    insert.setString(2, json);
    insert.executeUpdate();
  }

  private boolean addReply(Connection connection, WordedReply worded) throws SQLException {
    Reply reply = worded.reply();
    PreparedStatement insert =
        statements.of(
            connection,
            "INSERT INTO replies (key, max_output_tokens, ending, input_tokens, output_tokens,"
                + " reply, digest) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    insert.setString(1, reply.key());
    insert.setInt(2, reply.maxOutputTokens());
    insert.setString(3, JsonReading.id(reply.ending()));
    insert.setLong(4, reply.inputTokens());
    insert.setLong(5, reply.outputTokens());
    insert.setString(6, worded.json());
    insert.setString(7, worded.digest());
    return insert.executeUpdate() == 1;
  }

  private long journal(Connection connection, JournalEntry entry, String event, OptionalLong call)
      throws SQLException {
    PreparedStatement insert =
        statements.of(
            connection,
            "INSERT INTO journal (seq, key, max_output_tokens, run, event, call, channel, tokens,"
                + " nano_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    long number = numbers.next();
    insert.setLong(1, number);
    insert.setString(2, entry.key());
    insert.setInt(3, entry.cap());
    insert.setString(4, entry.run());
    insert.setString(5, event);
    if (call.isPresent()) {
      insert.setLong(6, call.getAsLong());
    }
    insert.setString(7, entry.channel().id());
    insert.setLong(8, entry.cost().tokens());
    insert.setLong(9, entry.cost().nanoUsd());
    insert.executeUpdate();
    return number;
  }

  /**
   * The line that opened a try, if it is still open.
   *
   * @param here the line, of a try that this process opened and has not closed
   */
  private JournalEntry opened(
      Connection connection, Optional<JournalEntry> here, long call, String key)
      throws SQLException {
    if (here.isPresent() && here.get().key().equals(key)) {
      return here.get();
    }
    if (here.isPresent() || call > journaledBefore) {
      throw notOpen(call, key);
    }
    PreparedStatement query =
        statements.of(
            connection,
            "SELECT run, max_output_tokens, channel, tokens, nano_usd FROM journal AS opened WHERE"
                + " seq = ? AND key = ? AND event = 'sent' AND NOT EXISTS (SELECT 1 FROM journal"
                + " WHERE call = opened.seq)");
    query.setLong(1, call);
    query.setString(2, key);
    try (ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        throw notOpen(call, key);
      }
      return JournalEntry.read(rows, key);
    }
  }

  private static IllegalArgumentException notOpen(long call, String key) {
    return new IllegalArgumentException("call %d is not open for request %s".formatted(call, key));
  }

  private long count(Connection connection, String sql, String... texts) throws SQLException {
    PreparedStatement query = statements.of(connection, sql);
    for (int i = 0; i < texts.length; i++) {
      query.setString(i + 1, texts[i]);
    }
    try (ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
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
