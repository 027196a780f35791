package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;
import static org.seedwright.pipelines.store.Requests.sent;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "seedwright.test.postgres",
    matches = "true",
    disabledReason = "run with -Ppostgres")
class PostgresResponseStoreTest extends ResponseStoreContract {
  private static PostgresServer server;

  private PostgresAddress address;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = server.database();
  }

  @Override
  protected ResponseStore open(String run) {
    return open(run, Budget.NONE);
  }

  private ResponseStore open(String run, Budget budget) {
    return PostgresResponseStore.open(address, run, budget, InstantSource.system());
  }

  @Test
  void whatOneProcessAwaitsNoOtherOpensUntilItIsAnswered() {
    var request = request("shared");
    var reply = ended(request, "once", 1, 10);
    try (ResponseStore one = open("run");
        ResponseStore other = open("run")) {
      long call = sent(one, request, 10);
      assertThat(other.open(request, 10, Cost.FREE, Channel.CALL))
          .isEqualTo(new Opening.Elsewhere());
      assertThat(other.inDoubt()).as("its process lives").isEmpty();
      one.stored(call, reply, Cost.FREE);
      assertThat(other.open(request, 10, Cost.FREE, Channel.CALL))
          .isEqualTo(new Opening.Answered(reply));
    }
  }

  @Test
  void whatAnotherProcessGaveUpMayBeOpened() {
    var request = request("given up");
    try (ResponseStore one = open("run");
        ResponseStore other = open("run")) {
      one.failed(sent(one, request, 10), Requests.failure(request), Cost.FREE);
      sent(other, request, 10);
      assertThat(one.open(request, 10, Cost.FREE, Channel.CALL)).isEqualTo(new Opening.Elsewhere());
    }
  }

  @Test
  void aProcessThatLostItsConnectionFailsForGoodAndOthersTakeItsTriesOver() throws Exception {
    var request = request("lost");
    try (ResponseStore one = open("one");
        ResponseStore other = open("other")) {
      long call = sent(one, request, 10);
      endSession("one");
      assertThatThrownBy(() -> one.stored(call, ended(request, "x", 1, 10), Cost.FREE))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no connection to the response store " + address);
      assertThatThrownBy(() -> one.find(request.key(), 10))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("was lost");
      assertThat(other.inDoubt()).singleElement().extracting(InDoubt::call).isEqualTo(call);
      other.stored(sent(other, request, 10), ended(request, "again", 1, 10), Cost.FREE);
    }
    try (ResponseStore store = open("after")) {
      assertThat(store.find(request.key(), 10)).isPresent();
      assertThat(store.inDoubt()).hasSize(1);
    }
  }

  @Test
  void oneBudgetHoldsForAllProcessesOfARun() {
    var budget = new Budget(OptionalLong.of(100), OptionalLong.empty());
    var worst = new Cost(60, 6);
    try (ResponseStore one = open("run", budget);
        ResponseStore other = open("run", budget);
        ResponseStore apart = open("another run", budget)) {
      var request = request("first");
      long call = ((Opening.Opened) one.open(request, 10, worst, Channel.CALL)).call();
      assertThat(other.open(request("second"), 10, worst, Channel.CALL))
          .isEqualTo(new Opening.OverBudget(new Account(Cost.FREE, worst)));
      assertThat(apart.open(request("second"), 10, worst, Channel.CALL))
          .isInstanceOf(Opening.Opened.class);
      one.stored(call, ended(request, "cheap", 1, 10), new Cost(40, 4));
      assertThat(other.open(request("third"), 10, worst, Channel.CALL))
          .isInstanceOf(Opening.Opened.class);
      assertThat(one.account()).isEqualTo(new Account(new Cost(40, 4), worst));
    }
  }

  @Test
  void aMessageWithABytePostgresRefusesIsLogged() {
    var request = request("odd failure");
    try (ResponseStore store = open("run")) {
      var failure =
          new TransportFailure(
              request.key(), 1, "malformed-reply", OptionalInt.of(200), "got \0 and \ud83c");
      store.failed(sent(store, request, 10), failure, Cost.FREE);
      assertThat(store.stats().transportFailures()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedReplyIsNoticedAndNamed() throws Exception {
    var request = request("precious");
    try (ResponseStore store = open("run")) {
      store.add(request, ended(request, "a precious answer", 3, 10));
      change("UPDATE replies SET reply = replace(reply, 'precious', 'precios')");
      assertThatThrownBy(() -> store.find(request.key(), 10))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(address.toString())
          .hasMessageContaining(
              "the reply to request %s does not match its digest".formatted(request.key()));
      change("DELETE FROM replies");
      assertThatThrownBy(() -> store.find(request.key(), 10))
          .hasMessageContaining("its journal names 1 replies to request " + request.key());
      assertThatThrownBy(() -> sent(store, request, 10))
          .hasMessageContaining("its journal names 1 replies");
    }
  }

  @Test
  void anotherProgramsSchemaAndANewerStoreAreRefused() throws Exception {
    change("CREATE SCHEMA seedwright");
    assertThatThrownBy(() -> open("run"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it is not a response store of Seedwright");
    change("DROP SCHEMA seedwright");
    open("run").close();
    change("UPDATE store SET version = 9");
    assertThatThrownBy(() -> open("run"))
        .hasMessageContaining("has schema version 9; this build reads version 1");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    var nowhere = PostgresAddress.parse("postgresql://someone@127.0.0.1:1/nowhere");
    assertThatThrownBy(
            () -> PostgresResponseStore.open(nowhere, "run", Budget.NONE, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no connection to the response store " + nowhere);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends a run's process as far as the server can see it. */
  private void endSession(String run) throws SQLException {
    change(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid ="
            + " (SELECT id FROM sessions WHERE run = '%s')".formatted(run));
  }
}
