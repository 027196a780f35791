package org.seedwright.pipelines.workspace;

/**
 * A file of a finished stage that is not what the manifest says.
 *
 * @param path of the file
 * @param flaw what is wrong with it, for people
 */
public record FlawedFile(String path, String flaw) {
  @Override
  public String toString() {
    return path + ": " + flaw;
  }
}
