package org.seedwright.pipelines.stage;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Parsed;

/**
 * Watches the first {@value #COUNT} replies of a step, in whatever order they come and whether the
 * store or the teacher brings them: where the parser rejects more than half of them, the rest is
 * not worth its money. A step of fewer requests is never stopped. Safe for several threads.
 */
final class FirstReplies {
  static final int COUNT = 50;
  private static final int EXAMPLES = 3;

  private final List<RejectedReply> examples = new ArrayList<>();
  private final boolean watching;
  private int read;
  private int rejected;

  private FirstReplies(boolean watching) {
    this.watching = watching;
  }

  static FirstReplies watched() {
    return new FirstReplies(true);
  }

  /** Whatever is rejected, the step goes on. */
  static FirstReplies unwatched() {
    return new FirstReplies(false);
  }

  /** Tells whether further replies are to be read. */
  private synchronized boolean wantsMore() {
    return watching && read < COUNT;
  }

  /** Takes a reply into account, with the reason why it is rejected if it is. */
  private synchronized void add(
      RequestRow request, ReplyRow reply, Optional<Parsed.Rejected<?>> rejection) {
    if (!wantsMore()) {
      return;
    }
    read++;
    if (rejection.isPresent()) {
      rejected++;
      if (examples.size() < EXAMPLES) {
        examples.add(
            new RejectedReply(
                request.label(),
                rejection.get().reason().id(),
                rejection.get().evidence(),
                reply.text()));
      }
    }
  }

  /** Reads the replies of a shard as they come, while more are wanted. */
  Reading reading(ReadReplies replies, int shard) throws IOException {
    return new Reading(wantsMore() ? Optional.of(replies.open(shard)) : Optional.empty());
  }

  /** The replies of one shard, in ascending order of their ids; to be closed. */
  final class Reading implements Closeable {
    private final Optional<ReadReplies.Shard> rows;

    private Reading(Optional<ReadReplies.Shard> rows) {
      this.rows = rows;
    }

    void take(RequestRow request, ReplyRow reply) throws IOException {
      // Where nothing was wanted at first, nothing is wanted later.
      if (rows.isPresent() && wantsMore()) {
        add(request, reply, rows.get().rejection(reply));
      }
    }

    @Override
    public void close() throws IOException {
      if (rows.isPresent()) {
        rows.get().close();
      }
    }
  }

  /** Tells whether the step is to stop. */
  synchronized boolean tooManyRejects() {
    return read == COUNT && 2 * rejected > COUNT;
  }

  synchronized TooManyRejectsException exception(String job) {
    return new TooManyRejectsException(job, rejected, read, List.copyOf(examples));
  }
}
