package org.seedwright.pipelines.store;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for a test: its own folder, a free port of the loopback interface, the role
 * {@code seedwright} without a password. Made from Debian's binaries, by which it needs no service
 * that runs.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String GUARDED = "guarded";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Path binaries;
  private final int port;
  private final Process process;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(Path folder, Path binaries, int port, Process process) {
    this.folder = folder;
    this.binaries = binaries;
    this.port = port;
    this.process = process;
  }

  /** Starts a server; where there are no binaries of one, the test is skipped with a word. */
  public static PostgresServer start() throws Exception {
    Optional<Path> binaries = binaries();
    Assumptions.assumeTrue(
        binaries.isPresent(),
        "no PostgreSQL server under %s; apt-get install postgresql".formatted(INSTALLED));
    Path folder = Files.createTempDirectory("seedwright-postgres-");
    run(List.of("chown", unprivileged(), folder.toString()));
    Path data = folder.resolve("data");
    run(
        asUnprivileged(
            binaries.get().resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "seedwright",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    // The first line that fits counts.
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        host all %s 127.0.0.1/32 scram-sha-256
        host all all 127.0.0.1/32 trust
        """
            .formatted(GUARDED));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                asUnprivileged(
                    binaries.get().resolve("postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "shared_buffers=16MB"))
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    var server = new PostgresServer(folder, binaries.get(), port, process);
    server.awaitReady();
    return server;
  }

  private static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** The server refuses to run as root; Debian's package makes a user for it. */
  private static List<String> asUnprivileged(String... command) {
    var whole = new ArrayList<String>();
    if (isRoot()) {
      String user = unprivileged();
      whole.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String unprivileged() {
    return isRoot() ? "postgres" : System.getProperty("user.name");
  }

  private static void run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed: " + words);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        connect("postgres").close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("PostgreSQL did not start in " + folder, e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** Makes an empty database. */
  public PostgresAddress database() throws SQLException {
    String name = "test%d".formatted(databases.incrementAndGet());
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return address(name);
  }

  /** Makes an empty database that its owner enters by a password; for one call in a server. */
  public PostgresAddress database(String password) throws SQLException {
    String name = "guarded%d".formatted(databases.incrementAndGet());
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(GUARDED, password));
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, GUARDED));
    }
    return new PostgresAddress(Optional.of(GUARDED), "127.0.0.1", port, name, Map.of());
  }

  /** Connects to a database as its owner. */
  Connection connect(String database) throws SQLException {
    return address(database).connect();
  }

  private PostgresAddress address(String database) {
    return new PostgresAddress(Optional.of("seedwright"), "127.0.0.1", port, database, Map.of());
  }

  @Override
  public void close() throws Exception {
    run(
        asUnprivileged(
            binaries.resolve("pg_ctl").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-m",
            "immediate",
            "-w",
            "stop"));
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "PostgreSQL at 127.0.0.1:%d in %s", port, folder);
  }
}
