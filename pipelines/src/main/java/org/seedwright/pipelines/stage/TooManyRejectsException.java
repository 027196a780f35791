package org.seedwright.pipelines.stage;

import java.util.List;
import org.seedwright.pipelines.engine.FinalJobException;

/**
 * A step was stopped because the parser rejected more than half of its first replies. What came is
 * stored; nothing was published.
 */
public final class TooManyRejectsException extends FinalJobException {
  TooManyRejectsException(String job, int rejected, int read, List<RejectedReply> examples) {
    super(message(job, rejected, read, examples));
  }

  private static String message(String job, int rejected, int read, List<RejectedReply> examples) {
    var text =
        new StringBuilder(
            "%s: the parser rejects %d of the first %d replies, so no more are asked for; those that came are stored. To go on all the same, run the same command with --keep-going. For example:"
                .formatted(job, rejected, read));
    examples.forEach(example -> text.append("\n  ").append(example));
    return text.toString();
  }
}
