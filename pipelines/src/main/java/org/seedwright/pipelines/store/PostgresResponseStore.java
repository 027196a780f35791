package org.seedwright.pipelines.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A response store in a PostgreSQL database, for many processes on many machines at once.
 *
 * <p>Writers of all processes take turns, and each turn commits what all threads of a process have
 * waiting. So between the look for a reply and the line in the journal nobody else writes: while no
 * process is killed, no request is opened twice.
 *
 * <p>A process lives as long as the one connection that it writes through, which holds a lock of
 * the server's. When that connection is gone, its open tries are in doubt and others may open them;
 * this store then fails for good and never connects again, since it could not know what others did.
 */
public final class PostgresResponseStore implements ResponseStore {
  /** Reads are short; more connections than this only take the server's memory. */
  private static final int READERS = 4;

  private final PostgresAddress address;
  private final String run;
  private final Budget budget;
  private final InstantSource clock;
  private final Connection writing;
  private final int session;
  private final PostgresReaders readers;
  private final GroupCommit commits;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean lost;

  private PostgresResponseStore(
      PostgresAddress address,
      String run,
      Budget budget,
      InstantSource clock,
      Connection writing,
      int session)
      throws SQLException {
    this.address = address;
    this.run = run;
    this.budget = budget;
    this.clock = clock;
    this.writing = writing;
    this.session = session;
    this.readers = new PostgresReaders(address, READERS);
    this.commits = new GroupCommit("the response store " + address, writing, new Turns());
  }

  /**
   * Opens the store; its tables are made where there are none.
   *
   * @param run name of the run, for the journal and its account
   * @param budget what the run may spend in all, over all processes that name this run
   * @param clock for the log of transport failures only; no time reaches a row
   * @throws StoreException when the server cannot be reached or refuses, or the schema is not a
   *     store of ours
   */
  public static PostgresResponseStore open(
      PostgresAddress address, String run, Budget budget, InstantSource clock) {
    requireNonNull(budget, "budget is null");
    requireNonNull(clock, "clock is null");
    if (run.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the name of a run must not hold a NUL character");
    }
    Connection writing = null;
    boolean opened = false;
    try {
      writing = address.connect();
      PostgresSchema.prepare(address, writing);
      int session = enter(writing, run);
      var store = new PostgresResponseStore(address, run, budget, clock, writing, session);
      opened = true;
      return store;
    } catch (SQLException e) {
      throw PostgresRefusal.opening(address, e);
    } finally {
      if (!opened && writing != null) {
        Sqlite.closeQuietly(writing);
      }
    }
  }

  /** Takes a new number for this process, and the lock that shows that it lives. */
  private static int enter(Connection connection, String run) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO sessions (run, process) VALUES (?, ?) RETURNING id")) {
      insert.setString(1, run);
      insert.setString(2, Long.toString(ProcessHandle.current().pid()));
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        int session = rows.getInt(1);
        PostgresSchema.live(connection, session);
        return session;
      }
    }
  }

  private final class Turns implements GroupCommit.Database {
    @Override
    public void begin(Connection connection) throws SQLException {
      PostgresSchema.takeTurn(connection);
    }

    @Override
    public StoreException failure(SQLException e) {
      return failed(e);
    }
  }

  private StoreException failed(SQLException e) {
    if (isConnectionLost(e)) {
      lost = true;
    }
    return failure(address, e);
  }

  private static boolean isConnectionLost(SQLException e) {
    String state = e.getSQLState();
    // 08: connection exception; 57P: the server shuts down or was told to end the session; 25P03:
    // it ended a session that held the turn too long.
    return state != null
        && (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03"));
  }

  private static StoreException failure(PostgresAddress address, SQLException e) {
    String words =
        isConnectionLost(e)
            ? "no connection to the response store %s; what was open there is in doubt (%s)"
            : "the response store %s cannot be used: %s";
    return new StoreException(words.formatted(address, e.getMessage()), e);
  }

  @Override
  public Optional<Reply> find(String key, int maxOutputTokens) {
    Keys.check(key);
    return read(connection -> find(connection, key, maxOutputTokens));
  }

  /** One statement, so that replies and journal are of one moment. */
  private Optional<Reply> find(Connection connection, String key, int cap) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT journaled, max_output_tokens, reply, digest FROM (SELECT count(DISTINCT"
                + " max_output_tokens) AS journaled FROM journal WHERE key = ? AND event ="
                + " 'stored') AS named LEFT JOIN replies ON key = ? ORDER BY ordinal")) {
      query.setString(1, key);
      query.setString(2, key);
      try (ResultSet rows = query.executeQuery()) {
        var serving = Optional.<Reply>empty();
        long journaled = 0;
        int held = 0;
        while (rows.next()) {
          journaled = rows.getLong(1);
          if (rows.getString(3) != null) {
            held++;
            Reply reply =
                StoredJson.reply(
                    address, key, rows.getInt(2), rows.getString(3), rows.getString(4));
            serving = serving.or(() -> reply.serves(cap) ? Optional.of(reply) : Optional.empty());
          }
        }
        if (serving.isEmpty() && journaled != held) {
          throw StoredJson.missing(address, key, journaled, held);
        }
        return serving;
      }
    }
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
                  ? Optional.of(StoredJson.request(address, key, rows.getString(1)))
                  : Optional.empty();
            }
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
    return durably(
        connection -> {
          var openings = new ArrayList<Opening>();
          for (int i = 0; i < wishes.size(); i++) {
            openings.add(open(connection, wishes.get(i), keys.get(i), texts.get(i), channel));
          }
          return openings;
        });
  }

  private Opening open(Connection connection, Wish wish, String key, String json, Channel channel)
      throws SQLException {
    Optional<Reply> stored = find(connection, key, wish.maxOutputTokens());
    if (stored.isPresent()) {
      return new Opening.Answered(stored.get());
    }
    if (awaited(connection, key, channel)) {
      return new Opening.Elsewhere();
    }
    Account account = account(connection);
    if (!budget.covers(account.committed().plus(wish.worst()))) {
      return new Opening.OverBudget(account);
    }
    addRequest(connection, key, json);
    book(connection, run, Cost.FREE, wish.worst(), 1);
    return new Opening.Opened(
        journal(
            connection,
            new JournalEntry(run, key, wish.maxOutputTokens(), channel, wish.worst()),
            "sent",
            Optional.empty()));
  }

  /** Whether the reply may still come the same way: to a process that lives, or in a file. */
  private boolean awaited(Connection connection, String key, Channel channel) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT session FROM journal AS opened WHERE key = ? AND event = 'sent' AND channel = ?"
                + " AND NOT EXISTS (SELECT 1 FROM journal AS closing WHERE closing.call ="
                + " opened.seq)")) {
      query.setString(1, key);
      query.setString(2, channel.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          int sender = rows.getInt(1);
          boolean waiting =
              switch (channel) {
                case CALL -> sender == session || PostgresSchema.isLive(connection, sender);
                case FILE -> true;
              };
          if (waiting) {
            return true;
          }
        }
        return false;
      }
    }
  }

  @Override
  public Reply stored(long call, Reply reply, Cost cost) {
    var worded = WordedReply.of(reply);
    return durably(
        connection -> {
          JournalEntry opened = opened(connection, call, reply.key());
          boolean added = addReply(connection, worded);
          close(connection, call, opened, reply.maxOutputTokens(), "stored", cost);
          return added ? reply : standing(connection, reply);
        });
  }

  /** The reply that was stored first under the same key and cap. */
  private Reply standing(Connection connection, Reply other) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT reply, digest FROM replies WHERE key = ? AND max_output_tokens = ?")) {
      query.setString(1, other.key());
      query.setInt(2, other.maxOutputTokens());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return StoredJson.reply(
            address, other.key(), other.maxOutputTokens(), rows.getString(1), rows.getString(2));
      }
    }
  }

  @Override
  public void failed(long call, TransportFailure failure, Cost charged) {
    String at = clock.instant().toString();
    durably(
        connection -> {
          JournalEntry opened = opened(connection, call, failure.key());
          close(connection, call, opened, opened.cap(), "failed", charged);
          log(connection, failure, at);
          return true;
        });
  }

  /** Closes a try; what it cost is charged to the run that sent it, whoever brings the reply. */
  private void close(
      Connection connection, long call, JournalEntry opened, int cap, String event, Cost cost)
      throws SQLException {
    journal(
        connection,
        new JournalEntry(run, opened.key(), cap, opened.channel(), cost),
        event,
        Optional.of(call));
    book(connection, opened.run(), cost, opened.cost(), -1);
  }

  private void log(Connection connection, TransportFailure failure, String at) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO transport_failures (key, run, attempt, kind, status, message, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, failure.key());
      insert.setString(2, run);
      insert.setInt(3, failure.attempt());
      insert.setString(4, withoutNul(failure.kind()));
      if (failure.status().isPresent()) {
        insert.setInt(5, failure.status().getAsInt());
      } else {
        insert.setNull(5, Types.INTEGER);
      }
      insert.setString(6, withoutNul(failure.message()));
      insert.setString(7, at);
      insert.executeUpdate();
    }
  }

  /** PostgreSQL's text holds no NUL; in a message, its picture does as well. */
  private static String withoutNul(String text) {
    return text.replace('\0', '\u2400');
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public Account account() {
    return read(connection -> account(connection));
  }

  private Account account(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT spent_tokens, spent_nano_usd, reserved_tokens, reserved_nano_usd FROM accounts"
                + " WHERE run = ?")) {
      query.setString(1, run);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? AccountsTable.account(rows) : Account.EMPTY;
      }
    }
  }

  @Override
  public Map<String, Account> accounts() {
    return read(AccountsTable::read);
  }

  /** Adds to what a run has spent, and adds to or takes from what is reserved for it. */
  private static void book(Connection connection, String run, Cost spent, Cost reserved, int sign)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO accounts AS kept VALUES (?, ?, ?, ?, ?) ON CONFLICT (run) DO UPDATE SET"
                + " spent_tokens = kept.spent_tokens + excluded.spent_tokens, spent_nano_usd ="
                + " kept.spent_nano_usd + excluded.spent_nano_usd, reserved_tokens ="
                + " kept.reserved_tokens + excluded.reserved_tokens, reserved_nano_usd ="
                + " kept.reserved_nano_usd + excluded.reserved_nano_usd")) {
      upsert.setString(1, run);
      upsert.setLong(2, spent.tokens());
      upsert.setLong(3, spent.nanoUsd());
      upsert.setLong(4, sign * reserved.tokens());
      upsert.setLong(5, sign * reserved.nanoUsd());
      upsert.executeUpdate();
    }
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
    return durably(
        connection -> {
          addRequest(connection, key, json);
          boolean added = addReply(connection, worded);
          if (added) {
            journal(
                connection,
                new JournalEntry(run, key, reply.maxOutputTokens(), Channel.FILE, Cost.FREE),
                "stored",
                Optional.empty());
          }
          return added;
        });
  }

  @Override
  public List<InDoubt> inDoubt() {
    return open(Channel.CALL, " AND session NOT IN " + PostgresSchema.LIVE);
  }

  @Override
  public List<InDoubt> exported() {
    return open(Channel.FILE, "");
  }

  private List<InDoubt> open(Channel channel, String condition) {
    return read(
        connection -> {
          var open = new ArrayList<InDoubt>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT seq, key, run, max_output_tokens, tokens, nano_usd FROM journal AS opened WHERE event ="
                      + " 'sent' AND channel = ? AND NOT EXISTS (SELECT 1 FROM journal AS closing"
                      + " WHERE closing.call = opened.seq)"
                      + condition
                      + " ORDER BY seq")) {
            query.setString(1, channel.id());
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
          }
          return open;
        });
  }

  @Override
  public StoreStats stats() {
    long doubtful = inDoubt().size();
    return read(
        connection -> {
          Map<String, Ending> endings = new HashMap<>();
          for (Ending ending : Ending.values()) {
            endings.put(JsonReading.id(ending), ending);
          }
          Map<Ending, Long> byEnding = new EnumMap<>(Ending.class);
          long replies = 0;
          long input = 0;
          long output = 0;
          long failures = 0;
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT ending, count(*), sum(input_tokens)::bigint,"
                          + " sum(output_tokens)::bigint FROM replies GROUP BY ending UNION ALL"
                          + " SELECT NULL, count(*), 0, 0 FROM transport_failures");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              if (rows.getString(1) == null) {
                failures = rows.getLong(2);
              } else {
                byEnding.put(endings.get(rows.getString(1)), rows.getLong(2));
                replies += rows.getLong(2);
                input += rows.getLong(3);
                output += rows.getLong(4);
              }
            }
          }
          return new StoreStats(replies, byEnding, input, output, failures, doubtful);
        });
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    commits.close();
    readers.close();
    try {
      if (!lost) {
        PostgresSchema.leave(writing, session);
        writing.commit();
      }
    } catch (SQLException e) {
      // The server ends the session with the connection, only later: everything is durable.
      lost = true;
    } finally {
      Sqlite.closeQuietly(writing);
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

  private static boolean addReply(Connection connection, WordedReply worded) throws SQLException {
    Reply reply = worded.reply();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO replies (key, max_output_tokens, ending, input_tokens, output_tokens,"
                + " reply, digest) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, reply.key());
      insert.setInt(2, reply.maxOutputTokens());
      insert.setString(3, JsonReading.id(reply.ending()));
      insert.setLong(4, reply.inputTokens());
      insert.setLong(5, reply.outputTokens());
      insert.setString(6, worded.json());
      insert.setString(7, worded.digest());
      return insert.executeUpdate() == 1;
    }
  }

  private long journal(Connection connection, JournalEntry entry, String event, Optional<Long> call)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal (key, max_output_tokens, run, event, call, channel, tokens,"
                + " nano_usd, session) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq")) {
      insert.setString(1, entry.key());
      insert.setInt(2, entry.cap());
      insert.setString(3, entry.run());
      insert.setString(4, event);
      if (call.isPresent()) {
        insert.setLong(5, call.get());
      } else {
        insert.setNull(5, Types.BIGINT);
      }
      insert.setString(6, entry.channel().id());
      insert.setLong(7, entry.cost().tokens());
      insert.setLong(8, entry.cost().nanoUsd());
      insert.setInt(9, session);
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The line that opened a try, if it is still open. */
  private static JournalEntry opened(Connection connection, long call, String key)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT run, max_output_tokens, channel, tokens, nano_usd FROM journal AS opened WHERE"
                + " seq = ? AND key = ? AND event = 'sent' AND NOT EXISTS (SELECT 1 FROM journal AS"
                + " closing WHERE closing.call = opened.seq)")) {
      query.setLong(1, call);
      query.setString(2, key);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalArgumentException(
              "call %d is not open for request %s".formatted(call, key));
        }
        return JournalEntry.read(rows, key);
      }
    }
  }

  private <T> T durably(GroupCommit.Write<T> write) {
    checkLease();
    return commits.durably(write);
  }

  private <T> T read(PostgresReaders.Read<T> read) {
    checkLease();
    if (closed.get()) {
      throw new StoreException("the response store %s is closed".formatted(address));
    }
    try {
      return readers.read(read);
    } catch (SQLException e) {
      throw failure(address, e);
    }
  }

  private void checkLease() {
    if (lost) {
      throw new StoreException(
          "the connection to the response store %s was lost; run the same command again"
              .formatted(address));
    }
  }
}
