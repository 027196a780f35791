package org.seedwright.pipelines.workspace;

import java.io.IOException;

/** Another process works on the same thing; the message names it. */
public final class WorkspaceBusyException extends IOException {
  WorkspaceBusyException(String message) {
    super(message);
  }
}
