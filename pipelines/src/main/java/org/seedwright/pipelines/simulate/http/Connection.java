package org.seedwright.pipelines.simulate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One client's connection: requests in, one at a time, and bytes out. Whoever was given a request
 * writes and then says {@link #done}, or ends the connection. All of it runs on the loop's thread;
 * after the connection's end, writing does nothing.
 */
public final class Connection implements EventLoop.Ready {
  @SuppressWarnings("UnnecessaryLambda")
  private static final Runnable NOTHING = () -> {};

  private final SocketChannel channel;
  private final ByteBuffer scratch;
  private final BiConsumer<Connection, HttpRequest> service;
  private final Consumer<Connection> ended;
  private final RequestReader reader = new RequestReader();
  private final Deque<ByteBuffer> out = new ArrayDeque<>();
  private Optional<SelectionKey> key = Optional.empty();
  private Optional<HttpRequest> open = Optional.empty();
  private Runnable whenGone = NOTHING;
  private Runnable whenWritten = NOTHING;

  private Connection(
      SocketChannel channel,
      ByteBuffer scratch,
      BiConsumer<Connection, HttpRequest> service,
      Consumer<Connection> ended) {
    this.channel = channel;
    this.scratch = scratch;
    this.service = service;
    this.ended = ended;
  }

  static Connection of(
      EventLoop loop,
      SocketChannel channel,
      ByteBuffer scratch,
      BiConsumer<Connection, HttpRequest> service,
      Consumer<Connection> ended)
      throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var connection = new Connection(channel, scratch, service, ended);
    connection.key = Optional.of(loop.register(channel, SelectionKey.OP_READ, connection));
    return connection;
  }

  /** Sets what is done once if the connection ends before {@link #done}, by whichever side. */
  public void whenGone(Runnable work) {
    whenGone = work;
  }

  /** Sends bytes, in order, as the client takes them. */
  public void write(ByteBuffer bytes) {
    write(bytes, NOTHING);
  }

  /** Sends bytes and does some work when all of them have left. */
  public void write(ByteBuffer bytes, Runnable then) {
    if (channel.isOpen()) {
      out.add(bytes);
      whenWritten = then;
      try {
        flush();
      } catch (IOException e) {
        abandon();
      }
    }
  }

  /** The reply is written: the next request may come. */
  public void done() {
    if (open.isEmpty() || !channel.isOpen()) {
      return;
    }
    boolean last = open.get().lastOfConnection();
    open = Optional.empty();
    whenGone = NOTHING;
    if (last) {
      close();
    } else {
      serveNext();
    }
  }

  /** Ends the connection in order: the client reads what was written, then the end. */
  public void close() {
    if (out.isEmpty()) {
      abandon();
    } else {
      whenWritten = this::abandon;
    }
  }

  /** Ends the connection with a reset, which overtakes what was not sent. */
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is gone already, which is what was wanted.
    }
    abandon();
  }

  @Override
  public void ready() throws IOException {
    SelectionKey ready = key.orElseThrow();
    if (ready.isWritable()) {
      flush();
    }
    if (ready.isValid() && ready.isReadable()) {
      read();
    }
  }

  @Override
  public void abandon() {
    Runnable gone = whenGone;
    whenGone = NOTHING;
    whenWritten = NOTHING;
    out.clear();
    open = Optional.empty();
    key.ifPresent(SelectionKey::cancel);
    try {
      channel.close();
    } catch (IOException e) {
      // Nobody is left to be told.
    }
    ended.accept(this);
    gone.run();
  }

  private void read() throws IOException {
    scratch.clear();
    int count = channel.read(scratch);
    if (count < 0) {
      abandon();
      return;
    }
    reader.add(scratch.flip());
    if (open.isEmpty()) {
      serveNext();
    }
  }

  private void serveNext() {
    try {
      open = reader.next();
    } catch (RefusedRequestException e) {
      write(HttpReply.of(e.status(), "text/plain", e.getMessage().getBytes(UTF_8)).whole());
      close();
      return;
    }
    open.ifPresent(request -> service.accept(this, request));
  }

  private void flush() throws IOException {
    while (!out.isEmpty()) {
      channel.write(out.element());
      if (out.element().hasRemaining()) {
        key.orElseThrow().interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      out.remove();
    }
    if (key.orElseThrow().interestOps() != SelectionKey.OP_READ) {
      key.orElseThrow().interestOps(SelectionKey.OP_READ);
    }
    Runnable then = whenWritten;
    whenWritten = NOTHING;
    then.run();
  }
}
