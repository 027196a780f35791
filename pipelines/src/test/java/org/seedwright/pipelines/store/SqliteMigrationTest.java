package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.CanonicalJson;

/** A store that the first builds made: their tables, as they wrote them. */
class SqliteMigrationTest {
  private static final TeacherRequest ANSWERED = request("answered long ago");
  private static final TeacherRequest LOST = request("lost long ago");
  private static final Reply REPLY = ended(ANSWERED, "an old answer", 3, 10);

  private static final String[] VERSION_1 = {
    "PRAGMA journal_mode = WAL",
    "CREATE TABLE requests (key TEXT PRIMARY KEY, request TEXT NOT NULL) STRICT",
    """
    CREATE TABLE replies (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL REFERENCES requests (key),
      max_output_tokens INTEGER NOT NULL,
      ending TEXT NOT NULL,
      input_tokens INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL,
      reply TEXT NOT NULL,
      digest TEXT NOT NULL,
      UNIQUE (key, max_output_tokens)) STRICT""",
    """
    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL REFERENCES requests (key),
      max_output_tokens INTEGER NOT NULL,
      run TEXT NOT NULL,
      event TEXT NOT NULL CHECK (event IN ('sent', 'stored', 'failed')),
      call INTEGER REFERENCES journal (seq)) STRICT""",
    "CREATE INDEX journal_key ON journal (key)",
    "CREATE INDEX journal_call ON journal (call)",
    """
    CREATE TABLE transport_failures (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL,
      run TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      kind TEXT NOT NULL,
      status INTEGER,
      message TEXT NOT NULL,
      at TEXT NOT NULL) STRICT""",
    "INSERT INTO requests VALUES ('%s', '%s')"
        .formatted(ANSWERED.key(), CanonicalJson.text(ANSWERED)),
    "INSERT INTO requests VALUES ('%s', '%s')".formatted(LOST.key(), CanonicalJson.text(LOST)),
    "INSERT INTO journal VALUES (1, '%s', 10, 'old', 'sent', NULL)".formatted(ANSWERED.key()),
    "INSERT INTO journal VALUES (2, '%s', 77, 'old', 'sent', NULL)".formatted(LOST.key()),
    "INSERT INTO replies VALUES (1, '%s', 10, 'stop', 17, 3, '%s', '%s')"
        .formatted(ANSWERED.key(), CanonicalJson.text(REPLY), REPLY.digest()),
    "INSERT INTO journal VALUES (3, '%s', 10, 'old', 'stored', 1)".formatted(ANSWERED.key()),
    "PRAGMA application_id = 1399154020",
    "PRAGMA user_version = 1",
  };

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("old.sqlite");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private ResponseStore open() {
    return SqliteResponseStore.open(file(), "new", InstantSource.system());
  }

  @Test
  void aStoreOfTheFirstVersionKeepsItsRepliesAndDoubts() throws Exception {
    execute(VERSION_1);
    for (int time = 0; time < 2; time++) {
      try (ResponseStore store = open()) {
        assertThat(store.find(ANSWERED.key(), 10)).contains(REPLY);
        assertThat(store.inDoubt())
            .containsExactly(new InDoubt(2, LOST.key(), "old", 77, Cost.FREE));
        assertThat(store.account()).isEqualTo(Account.EMPTY);
      }
    }
    try (ResponseStore store = open()) {
      store.stored(Requests.sent(store, LOST, 77), ended(LOST, "again", 1, 77), new Cost(5, 1));
      assertThat(store.account()).isEqualTo(new Account(new Cost(5, 1), Cost.FREE));
    }
    open().close();
  }

  @Test
  void aDamagedStoreOfTheFirstVersionIsRefusedBeforeItIsChanged() throws Exception {
    execute(VERSION_1);
    execute("DELETE FROM replies");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("journal and replies differ");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }
}
