package org.seedwright.pipelines.stage;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.seedwright.evolve.Parsed;

/**
 * Reads the replies of a step while they come in, with the function that its parse job reads them
 * with afterwards.
 */
@FunctionalInterface
public interface ReadReplies extends Serializable {
  /** Opens the rows of a shard. */
  Shard open(int shard) throws IOException;

  /** The rows of a shard, to be closed. */
  interface Shard extends Closeable {
    /**
     * Returns why the parser rejects a reply, or nothing if it does not. Replies are given in
     * ascending order of their ids; some may be left out.
     */
    Optional<Parsed.Rejected<?>> rejection(ReplyRow reply) throws IOException;
  }
}
