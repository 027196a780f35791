package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder among the stages of a local workspace.
 *
 * @param path where it is
 * @param manifest what it says of itself; absent where the stage was not finished or the manifest
 *     cannot be read
 * @param unreadable why the manifest cannot be read
 */
public record StageFolder(
    Path path, Optional<StageManifest> manifest, Optional<String> unreadable) {
  /** Returns the folder's own name. */
  public String name() {
    return path.getFileName().toString();
  }

  /** Tells whether it is the place of an attempt, in progress or left behind. */
  public boolean isAttempt() {
    return name().startsWith(StageAttempt.ATTEMPT);
  }

  /** Returns the bytes of all files in it. */
  public long bytes() throws IOException {
    return LocalFiles.bytes(path);
  }
}
