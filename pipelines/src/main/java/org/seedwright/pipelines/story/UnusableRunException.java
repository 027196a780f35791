package org.seedwright.pipelines.story;

/** What was named is no run, or a run that this build cannot read. The message says which. */
public final class UnusableRunException extends RuntimeException {
  UnusableRunException(String message) {
    super(message);
  }
}
