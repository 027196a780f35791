package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.ClusterAddress;
import org.seedwright.pipelines.store.PostgresAddress;
import org.seedwright.pipelines.store.PostgresServer;

class RunnerChecksTest {
  @TempDir private Path folder;

  private Check check(String name, Optional<ClusterAddress> cluster, Optional<String> store)
      throws Exception {
    var checks =
        new RunnerChecks(
            cluster,
            store.map(PostgresAddress::parse),
            folder.resolve("worker.jar"),
            folder.resolve("dataflow.jar"));
    return checks.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /** A port of this machine where nobody listens. */
  private static int closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatWasNotGivenIsOnlyToldOf() throws Exception {
    assertThat(check("flink", Optional.empty(), Optional.empty()).state())
        .isEqualTo(Check.State.NOTE);
    assertThat(check("postgresql", Optional.empty(), Optional.empty()).state())
        .isEqualTo(Check.State.NOTE);
  }

  @Test
  void aClusterWhereNobodyAnswersIsAProblem() throws Exception {
    var nobody = new ClusterAddress("127.0.0.1", closedPort());

    Check check = check("flink", Optional.of(nobody), Optional.empty());

    assertThat(check.state()).isEqualTo(Check.State.PROBLEM);
    assertThat(check.found()).contains("nobody answers at --flink-master " + nobody);
    assertThat(check.remedy()).contains("$FLINK_HOME/bin/start-cluster.sh");
  }

  @Test
  void aDatabaseWhereNobodyAnswersIsAProblem() throws Exception {
    int port = closedPort();

    Check check =
        check(
            "postgresql",
            Optional.empty(),
            Optional.of("postgresql://ada@127.0.0.1:%d/replies".formatted(port)));

    assertThat(check.state()).isEqualTo(Check.State.PROBLEM);
    assertThat(check.remedy()).contains("pg_isready -h 127.0.0.1 -p " + port);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "seedwright.test.postgres",
      matches = "true",
      disabledReason = "run with -Ppostgres")
  void aRealDatabaseIsReachedOrMade() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      String address = server.database().url();

      Check reached = check("postgresql", Optional.empty(), Optional.of(address));
      Check absent = check("postgresql", Optional.empty(), Optional.of(address + "_absent"));

      assertThat(reached.state()).as(reached.found()).isEqualTo(Check.State.OK);
      assertThat(reached.found()).endsWith("reached; the first run makes its tables");
      assertThat(absent.state()).as(absent.found()).isEqualTo(Check.State.PROBLEM);
      assertThat(absent.remedy().orElseThrow()).startsWith("createdb ").endsWith("_absent");
    }
  }

  @Test
  void theJarForDataflowIsThereOrBuilt() throws Exception {
    Check absent = check("dataflow", Optional.empty(), Optional.empty());
    Files.createFile(folder.resolve("dataflow.jar"));
    Check there = check("dataflow", Optional.empty(), Optional.empty());

    assertThat(absent.state()).isEqualTo(Check.State.MISSING);
    assertThat(absent.remedy()).contains(DataflowOptions.BUILD);
    assertThat(there.state()).isEqualTo(Check.State.OK);
  }
}
