package org.seedwright.pipelines.performance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * A chat server on one thread that answers every request with the same completion after the same
 * time, and with 429 beyond a rate. Keeps connections open; knows just enough HTTP for the clients
 * of the bench.
 */
final class BenchServer {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLY =
      response(
          "200 OK",
          """
          {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"bench",\
          "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
          "finish_reason":"stop"}],"usage":{"prompt_tokens":50,"completion_tokens":200,\
          "total_tokens":250}}"""
              .formatted("Sort the list, then take its first element. ".repeat(20)));
  private static final byte[] REFUSAL =
      response("429 Too Many Requests", "{\"error\":{\"message\":\"slower\"}}");

  private record Due(long time, SocketChannel channel) {}

  private static final class Reading {
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
  }

  private final long latency;
  private final double rate;
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private double tokens;
  private long last = System.nanoTime();

  private BenchServer(long latency, double rate) {
    this.latency = latency;
    this.rate = rate;
    this.tokens = burst();
  }

  private double burst() {
    return Math.max(2, rate / 10);
  }

  /** Arguments: milliseconds before a reply, and requests a second (0 for no limit). */
  public static void main(String[] arguments) throws IOException {
    new BenchServer(
            TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0])),
            Double.parseDouble(arguments[1]))
        .serve();
  }

  private static byte[] response(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void serve() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(server.socket().getLocalPort());
      while (true) {
        long wait = due.isEmpty() ? 1000 : millisUntil(due.peek().time);
        if (wait > 0) {
          selector.select(wait);
        } else {
          selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isAcceptable()) {
            accept(server, selector);
          } else if (key.isReadable()) {
            read(key);
          }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        while (!due.isEmpty() && due.peek().time <= now) {
          write(due.remove().channel, REPLY);
        }
      }
    }
  }

  private static long millisUntil(long time) {
    long nanos = time - System.nanoTime();
    return nanos <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Reading());
    }
  }

  private void read(SelectionKey key) throws IOException {
    var channel = (SocketChannel) key.channel();
    ByteBuffer bytes = ((Reading) key.attachment()).bytes;
    try {
      if (channel.read(bytes) < 0) {
        channel.close();
        return;
      }
    } catch (IOException e) {
      channel.close();
      return;
    }
    int end = requestEnd(bytes);
    if (end > 0) {
      bytes.flip().position(end);
      bytes.compact();
      received(channel);
    }
  }

  private void received(SocketChannel channel) throws IOException {
    long now = System.nanoTime();
    if (rate > 0) {
      tokens = Math.min(burst(), tokens + rate * (now - last) / 1e9);
      last = now;
      if (tokens < 1) {
        write(channel, REFUSAL);
        return;
      }
      tokens--;
    }
    due.add(new Due(now + latency, channel));
  }

  private static void write(SocketChannel channel, byte[] response) throws IOException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(response);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      channel.close();
    }
  }

  /** Where the first request ends, or 0 while it is not whole. */
  private static int requestEnd(ByteBuffer bytes) {
    byte[] array = bytes.array();
    int size = bytes.position();
    for (int i = 3; i < size; i++) {
      if (array[i] == '\n' && array[i - 1] == '\r' && array[i - 2] == '\n') {
        int end = i + 1 + contentLength(array, i);
        return end <= size ? end : 0;
      }
    }
    return 0;
  }

  private static int contentLength(byte[] array, int headEnd) {
    for (int i = 0; i + LENGTH.length < headEnd; i++) {
      int j = 0;
      while (j < LENGTH.length && (array[i + j] | 0x20) == (LENGTH[j] | 0x20)) {
        j++;
      }
      if (j == LENGTH.length) {
        int length = 0;
        for (int k = i + j; array[k] != '\r'; k++) {
          length = array[k] == ' ' ? length : 10 * length + array[k] - '0';
        }
        return length;
      }
    }
    return 0;
  }
}
