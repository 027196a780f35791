package org.seedwright.evaluate.execution;

/**
 * A text with its digest, which is computed once: inputs of a problem can be megabytes and are
 * shared by thousands of executions.
 */
public final class Content {
  private final String text;
  private final String sha256;

  private Content(String text) {
    this.text = text;
    this.sha256 = new Digest("content").with(text).hex();
  }

  public static Content of(String text) {
    return new Content(text);
  }

  public String text() {
    return text;
  }

  /** Digest of the text, 64 hex digits. */
  public String digest() {
    return sha256;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content && sha256.equals(content.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return "Content[%d characters, %s]".formatted(text.length(), sha256.substring(0, 12));
  }
}
