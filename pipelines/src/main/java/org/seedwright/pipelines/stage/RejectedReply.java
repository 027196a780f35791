package org.seedwright.pipelines.stage;

/**
 * A reply that the parser of its step rejected, for people: one line without control characters.
 *
 * @param label of the request
 * @param reason kebab-case id
 * @param evidence one sentence
 * @param beginning first characters of the reply
 */
public record RejectedReply(String label, String reason, String evidence, String beginning) {
  private static final int CHARACTERS = 120;

  public RejectedReply {
    evidence = line(evidence);
    beginning = line(beginning);
  }

  /** A model wrote it: nothing in it may move a cursor or turn the direction of reading. */
  private static String line(String text) {
    String head = text.substring(0, Math.min(text.length(), 4 * CHARACTERS));
    String line = head.replaceAll("[\\p{C}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, CHARACTERS)) + "…";
  }

  @Override
  public String toString() {
    return "%s: %s: %s; the reply %s"
        .formatted(
            label, reason, evidence, beginning.isEmpty() ? "is empty" : "begins: " + beginning);
  }
}
