package org.seedwright.evolve.seed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tags that the StarCoder corpora put before a file's own text: {@code <reponame>}, {@code
 * <filename>}, {@code <gh_stars>} and their kin, on one line.
 *
 * <p>Without them line numbers are those of the file in its repository.
 */
public final class CorpusTags {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\A(?:<(?:reponame|repo_name|filename|file_path|gh_stars)>[^<\\r\\n]*+)++"
              + "(?:<file_sep>)?(?:\\r\\n|\\r|\\n)?");

  private CorpusTags() {}

  /** Returns the text without the tags at its beginning. */
  public static String strip(String content) {
    Matcher header = HEADER.matcher(content);
    return header.find() ? content.substring(header.end()) : content;
  }
}
