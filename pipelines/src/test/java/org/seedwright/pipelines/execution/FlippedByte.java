package org.seedwright.pipelines.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damages a file. */
final class FlippedByte {
  private FlippedByte() {}

  /** Changes one bit of the byte that follows the first place of this text. */
  static void after(Path file, String text) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    if (found < 0) {
      throw new IllegalArgumentException("%s does not hold '%s'".formatted(file, text));
    }
    bytes[found + text.length()] ^= 1;
    Files.write(file, bytes);
  }
}
