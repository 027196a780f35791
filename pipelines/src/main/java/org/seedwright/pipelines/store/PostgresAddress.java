package org.seedwright.pipelines.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL store is: {@code postgresql://[user@]host[:port]/database}, or the same after
 * {@code jdbc:}. Holds no password: that comes from {@code PGPASSWORD} or {@code ~/.pgpass} of the
 * process that connects.
 *
 * @param parameters how to encrypt: {@code sslmode}, {@code sslrootcert}, {@code sslcert}, {@code
 *     sslkey}
 */
public record PostgresAddress(
    Optional<String> user, String host, int port, String database, Map<String, String> parameters) {
  private static final int PORT = 5432;

  private static final Set<String> PARAMETERS =
      new TreeSet<>(Set.of("sslmode", "sslrootcert", "sslcert", "sslkey"));

  private static final String FORM = "postgresql://[user@]host[:port]/database";

  public PostgresAddress {
    parameters = Map.copyOf(parameters);
  }

  /** Tells whether a text means a PostgreSQL store, rather than a file. */
  public static boolean is(String text) {
    return text.startsWith("postgresql:")
        || text.startsWith("postgres:")
        || text.startsWith("jdbc:postgresql:");
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is not of the form, holds a password, or has other
   *     parameters; the message does not repeat what may be a password
   */
  public static PostgresAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
    } catch (URISyntaxException e) {
      // Without the cause, whose message repeats the text.
      throw new IllegalArgumentException(
          "the address of a PostgreSQL store must be %s: %s at character %d"
              .formatted(FORM, e.getReason(), e.getIndex()));
    }
    String user = uri.getUserInfo();
    if (user != null && user.contains(":")) {
      throw passwordIn();
    }
    String path = uri.getPath();
    if (!is(text) || uri.getHost() == null || path == null || path.length() < 2) {
      throw new IllegalArgumentException(
          "the address of a PostgreSQL store must be %s, with a host and a database"
              .formatted(FORM));
    }
    return new PostgresAddress(
        Optional.ofNullable(user).filter(name -> !name.isEmpty()),
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        path.substring(1),
        parameters(uri.getQuery()));
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts[0].toLowerCase(Locale.ROOT).contains("password")) {
        throw passwordIn();
      }
      if (parts.length != 2 || !PARAMETERS.contains(parts[0])) {
        throw new IllegalArgumentException(
            "parameter '%s' of a PostgreSQL store is unknown; the parameters are %s, each with a"
                    .formatted(parts[0], String.join(", ", PARAMETERS))
                + " value");
      }
      parameters.put(parts[0], parts[1]);
    }
    return parameters;
  }

  private static IllegalArgumentException passwordIn() {
    return new IllegalArgumentException(
        "the address of a PostgreSQL store must hold no password; set PGPASSWORD or write"
            + " ~/.pgpass");
  }

  /**
   * Connects. Statements find the store's tables by their bare names.
   *
   * @throws SQLException as the driver words it; it never repeats the password
   */
  Connection connect() throws SQLException {
    var properties = new Properties();
    parameters.forEach(properties::setProperty);
    user.or(() -> environment("PGUSER")).ifPresent(name -> PGProperty.USER.set(properties, name));
    // The driver looks into ~/.pgpass by itself, and does not know this variable.
    environment("PGPASSWORD").ifPresent(word -> PGProperty.PASSWORD.set(properties, word));
    PGProperty.CURRENT_SCHEMA.set(properties, PostgresSchema.NAME);
    PGProperty.APPLICATION_NAME.set(properties, "seedwright");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, 30);
    // Ends the wait for a server that is gone without a word. Longer than a process may hold the
    // turn (PostgresSchema.TURN_SECONDS), for which all others wait.
    PGProperty.SOCKET_TIMEOUT.set(properties, 5 * PostgresSchema.TURN_SECONDS);
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                host,
                port,
                URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"));
    // Not through DriverManager, which sees no driver in the class loader of a cluster's job.
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the driver does not know " + url);
    }
    return connection;
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the whole address; {@link #parse} reads it. */
  public String url() {
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    new TreeMap<>(parameters).forEach((key, value) -> query.add(key + "=" + encoded(value)));
    return this + query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns the address without its parameters, for messages. */
  @Override
  public String toString() {
    return "postgresql://%s%s:%d/%s"
        .formatted(user.map(name -> encoded(name) + "@").orElse(""), host, port, encoded(database));
  }
}
