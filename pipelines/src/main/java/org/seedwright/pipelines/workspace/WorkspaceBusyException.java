package org.seedwright.pipelines.workspace;

import java.io.IOException;

/** Another process works on the same thing; the message names it. */
public final class WorkspaceBusyException extends IOException {
  private final String process;

  WorkspaceBusyException(String message, String process) {
    super(message);
    this.process = process;
  }

  /** Returns the id of the other process; empty where it is unknown. */
  String process() {
    return process;
  }
}
