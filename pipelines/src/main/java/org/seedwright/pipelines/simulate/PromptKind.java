package org.seedwright.pipelines.simulate;

import java.util.Locale;

/** Which of our prompts a request holds. */
public enum PromptKind {
  OSS_INSTRUCT,
  SELF_INSTRUCT,
  EVOLVE,
  JUDGE,
  /** An instruction and nothing around it: whatever is none of the others. */
  RESPOND;

  /** Stable name for logs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
