package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of instructions, as it was when a run was planned.
 *
 * @param id SHA-256 of its bytes
 * @param name last part of its path
 * @param bytes its size
 */
public record InstructionFile(String id, String name, long bytes) implements Serializable {

  /**
   * Looks at a file.
   *
   * @throws CorpusException if it cannot be read
   */
  public static InstructionFile of(Path path, DigestCache digests) {
    try {
      return new InstructionFile(
          digests.sha256(path), path.getFileName().toString(), Files.size(path));
    } catch (IOException e) {
      throw new CorpusException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }
}
