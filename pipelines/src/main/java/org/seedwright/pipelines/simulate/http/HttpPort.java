package org.seedwright.pipelines.simulate.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A port on the loopback address. It can be shut for a while, so that connections are refused, and
 * opened again.
 */
public final class HttpPort {
  private static final int WAITING = 4096;
  private static final int READ_AT_ONCE = 64 << 10;

  private final EventLoop loop;
  private final int number;
  private final BiConsumer<Connection, HttpRequest> service;
  private final Set<Connection> connections = new HashSet<>();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_AT_ONCE);
  private ServerSocketChannel door;

  private HttpPort(
      EventLoop loop, ServerSocketChannel door, BiConsumer<Connection, HttpRequest> service) {
    this.loop = loop;
    this.door = door;
    this.number = door.socket().getLocalPort();
    this.service = service;
  }

  /**
   * Takes a port; {@link #start} lets requests in.
   *
   * @param number 0 for any that is free
   * @param service is given each whole request, on the loop's thread
   * @throws IOException when the port is taken
   */
  public static HttpPort of(EventLoop loop, int number, BiConsumer<Connection, HttpRequest> service)
      throws IOException {
    return new HttpPort(loop, bound(number), service);
  }

  /** Begins to take connections. */
  public void start() {
    loop.execute(this::listen);
  }

  private static ServerSocketChannel bound(int number) throws IOException {
    var door = ServerSocketChannel.open();
    try {
      door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), WAITING);
    } catch (IOException e) {
      door.close();
      throw new IOException("port %d of 127.0.0.1: %s".formatted(number, e.getMessage()), e);
    }
    return door;
  }

  /** The port's number. */
  public int number() {
    return number;
  }

  /** Resets every connection and refuses new ones; on the loop's thread. */
  public void shut() {
    closeDoor();
    for (Connection connection : List.copyOf(connections)) {
      connection.reset();
    }
  }

  /**
   * Takes connections again; on the loop's thread.
   *
   * @throws IOException when somebody took the port meanwhile
   */
  public void reopen() throws IOException {
    if (!door.isOpen()) {
      door = bound(number);
      listen();
    }
  }

  private void listen() {
    try {
      loop.register(door, SelectionKey.OP_ACCEPT, new Door());
    } catch (IOException e) {
      closeDoor();
    }
  }

  private void closeDoor() {
    try {
      door.close();
    } catch (IOException e) {
      // Closed or broken: it takes no connection.
    }
  }

  private final class Door implements EventLoop.Ready {
    @Override
    public void ready() throws IOException {
      for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
        try {
          connections.add(Connection.of(loop, channel, scratch, service, connections::remove));
        } catch (IOException e) {
          channel.close();
        }
      }
    }

    @Override
    public void abandon() {
      closeDoor();
    }
  }
}
