package org.seedwright.dataflow;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets Java's and Google's clients reach this machine alone, and keeps what else they asked for:
 * each of them asks for a proxy before it connects.
 */
public final class LoopbackOnly extends ProxySelector {
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private final Set<URI> refused = ConcurrentHashMap.newKeySet();

  /** Returns what was asked for and not reached. */
  public Set<URI> refused() {
    return Set.copyOf(refused);
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (uri.getHost() != null && !HERE.contains(uri.getHost())) {
      refused.add(uri);
      throw new IllegalArgumentException("the test reaches for " + uri);
    }
    return List.of(Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
