package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.store.PostgresAddress;
import org.seedwright.pipelines.store.PostgresServer;

/** {@code run --store postgresql://…} as a user types it, the password in the environment. */
@EnabledIfSystemProperty(
    named = "seedwright.test.postgres",
    matches = "true",
    disabledReason = "run with -Ppostgres")
class PostgresRunTest {
  private static final String PASSWORD = "open-sesame-4711";
  private static final String WRONG = "let-me-in-0815";

  @TempDir private static Path folder;
  private static PostgresServer server;
  private static PostgresAddress store;
  private static SimulatedTeacher teacher;
  private static Path experiment;

  private record Ended(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start();
    store = server.database(PASSWORD);
    teacher = SimulatedTeacher.start(0, SimulatorOptions.defaults());
    Path code = Files.createDirectories(folder.resolve("code"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          code.resolve("gap%d.py".formatted(i)),
          "def gap%1$d(values):\n    return max(values) - min(values) + %1$d\n".formatted(i));
    }
    experiment =
        Files.writeString(
            folder.resolve("guarded.yaml"),
            """
            name: guarded
            shards: 1
            teachers:
              main: {provider: openai, base-url: "%s", model: simulated-teacher}
            sources:
              code: {path: code, license: MIT}
            seeds: {degenerate: keep}
            evolve: {rounds: 1, eliminate: rules}
            """
                .formatted(teacher.baseUrl()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (teacher != null) {
      teacher.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aRunSucceedsIsReusedAndAnotherWorkspacePaysNothing() throws Exception {
    Ended first = run("ws", PASSWORD, store.toString());
    assertThat(first.exit).as(first.err).isZero();
    assertThat(first.json().at("/teacher/paidCalls").intValue()).isPositive();
    assertThat(first.out + first.err).doesNotContain(PASSWORD);

    Ended again = run("ws", PASSWORD, store.toString());
    assertThat(again.exit).as(again.err).isZero();
    assertThat(again.json().get("stages"))
        .allMatch(stage -> stage.get("status").textValue().equals("reused"));

    Ended elsewhere = run("elsewhere", PASSWORD, store.toString());
    assertThat(elsewhere.exit).as(elsewhere.err).isZero();
    assertThat(elsewhere.json().at("/teacher/paidCalls").intValue()).isZero();
    assertThat(elsewhere.json().at("/teacher/storeHits"))
        .isEqualTo(first.json().at("/teacher/requests"));
    assertThat(hashes(elsewhere)).isEqualTo(hashes(first));
  }

  @Test
  void aWrongPasswordIsRefusedAndNotRepeated() throws Exception {
    refused(
        run("wrong", WRONG, store.toString()),
        store + " cannot be opened: FATAL: password authentication failed for user \"guarded\"",
        "the password comes from PGPASSWORD or ~/.pgpass");
  }

  @Test
  void noPasswordIsSaidToBeMissing() throws Exception {
    refused(
        run("none", "", store.toString()),
        store + " cannot be opened: ",
        "no password was provided",
        "the password comes from PGPASSWORD or ~/.pgpass");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws Exception {
    String absent = store.toString().replace(store.database(), "nowhere");
    refused(
        run("absent", PASSWORD, absent),
        absent + " cannot be opened: FATAL: database \"nowhere\" does not exist",
        "createdb");
  }

  @Test
  void aServerThatIsDownIsNamed() throws Exception {
    String down;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      down = "postgresql://me@127.0.0.1:%d/replies".formatted(socket.getLocalPort());
    }
    refused(
        run("down", PASSWORD, down),
        "no connection to the response store " + down + ": Connection to 127.0.0.1:",
        "refused");
  }

  /** Nothing was asked and no password is said, neither the right one nor the one given. */
  private static void refused(Ended ended, String... words) throws IOException {
    assertThat(ended.exit).as(ended.err).isEqualTo(ExitCode.FAILED);
    assertThat(ended.json().at("/error/kind").textValue()).isEqualTo("store");
    assertThat(ended.json().at("/error/message").textValue()).contains(words);
    assertThat(ended.out + ended.err).doesNotContain(PASSWORD, WRONG);
  }

  private static List<String> hashes(Ended ended) throws IOException {
    return ended.json().findValuesAsText("contentHash");
  }

  /** The command in a process of its own: an environment cannot be changed. */
  private static Ended run(String workspace, String password, String store) throws Exception {
    Path out = folder.resolve(workspace + ".out");
    Path err = folder.resolve(workspace + ".err");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            experiment.toString(),
            "--json",
            "--workspace",
            folder.resolve(workspace).toString(),
            "--store",
            store);
    builder.environment().remove("PGUSER");
    builder.environment().put("PGPASSWORD", password);
    Process command = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(command.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      command.destroyForcibly().waitFor();
    }
    return new Ended(command.exitValue(), Files.readString(out), Files.readString(err));
  }
}
