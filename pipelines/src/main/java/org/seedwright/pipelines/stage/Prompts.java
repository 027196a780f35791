package org.seedwright.pipelines.stage;

import org.seedwright.evolve.Prompt;
import org.seedwright.pipelines.table.CanonicalJson;

/** Digests of prompts. */
final class Prompts {
  private Prompts() {}

  /** Returns the digest of a prompt's messages. */
  static String digest(Prompt prompt) {
    return CanonicalJson.digest(prompt.messages());
  }
}
