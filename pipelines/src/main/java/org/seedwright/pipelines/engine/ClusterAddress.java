package org.seedwright.pipelines.engine;

/**
 * Where the REST endpoint of a cluster's JobManager is.
 *
 * @param host a name or an address
 * @param port 1 to 65,535
 */
public record ClusterAddress(String host, int port) {
  public ClusterAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("%s:%d is no address".formatted(host, port));
    }
  }

  /**
   * Parses {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ClusterAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new ClusterAddress(
          text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be HOST:PORT of the JobManager's REST endpoint, such as 127.0.0.1:8081, but was %s"
              .formatted(text),
          e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
