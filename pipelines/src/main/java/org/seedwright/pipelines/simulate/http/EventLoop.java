package org.seedwright.pipelines.simulate.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread that waits for channels and for the time. All that runs on it must come back at once;
 * so nothing on it needs a lock.
 */
public final class EventLoop implements AutoCloseable {

  /** What a channel does when it can. */
  interface Ready {
    void ready() throws IOException;

    /** The channel broke, or the loop ends. */
    void abandon();
  }

  /** Equal instants in the order in which they were asked for. */
  private record Due(long nanos, long ordinal, Runnable work) {
    static final Comparator<Due> ORDER =
        (a, b) ->
            a.nanos != b.nanos
                ? Long.compare(a.nanos - b.nanos, 0)
                : Long.compare(a.ordinal, b.ordinal);
  }

  private final Selector selector;
  private final Thread thread;
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Due.ORDER);
  private final ConcurrentLinkedQueue<Runnable> fromOutside = new ConcurrentLinkedQueue<>();
  private long ordinal;
  private volatile boolean closed;

  private EventLoop(Selector selector, String name) {
    this.selector = selector;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public static EventLoop start(String name) throws IOException {
    var loop = new EventLoop(Selector.open(), name);
    loop.thread.start();
    return loop;
  }

  /** Runs work on the loop's thread, soon; from any thread. */
  public void execute(Runnable work) {
    fromOutside.add(work);
    selector.wakeup();
  }

  /** Runs work after a while; from the loop's thread only. */
  public void after(Duration delay, Runnable work) {
    dues.add(new Due(System.nanoTime() + delay.toNanos(), ordinal++, work));
  }

  SelectionKey register(SelectableChannel channel, int interest, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, interest, ready);
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::serve, pause(System.nanoTime()));
        runFromOutside();
        runDue(System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server's channels cannot be waited for", e);
    } finally {
      // Also where the loop breaks: a client sees a closed connection instead of silence.
      runFromOutside();
      end();
    }
  }

  /** Milliseconds until the next work is due, at least 1; 0 is forever. */
  private long pause(long now) {
    if (dues.isEmpty()) {
      return 0;
    }
    return Math.max(1, Math.floorDiv(dues.element().nanos() - now + 999_999, 1_000_000L));
  }

  private void runFromOutside() {
    for (Runnable work = fromOutside.poll(); work != null; work = fromOutside.poll()) {
      work.run();
    }
  }

  private void runDue(long now) {
    while (!dues.isEmpty() && dues.element().nanos() - now <= 0) {
      dues.remove().work().run();
    }
  }

  private void serve(SelectionKey key) {
    var ready = (Ready) key.attachment();
    try {
      if (key.isValid()) {
        ready.ready();
      }
    } catch (IOException e) {
      ready.abandon();
    }
  }

  private void end() {
    for (SelectionKey key : selector.keys()) {
      ((Ready) key.attachment()).abandon();
    }
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the server's channels cannot be closed", e);
    }
  }

  /** Ends the thread and closes every channel; not from the loop's own thread. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      // It ends by itself; who waits for it has something else to do.
      Thread.currentThread().interrupt();
    }
  }
}
