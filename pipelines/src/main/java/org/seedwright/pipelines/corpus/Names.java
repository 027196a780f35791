package org.seedwright.pipelines.corpus;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of entries of archives, which are not to be trusted. */
final class Names {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final int LONGEST = 4096;

  private Names() {}

  /**
   * Returns a name as a relative path with forward slashes, or nothing where it is none: absolute,
   * leading out of its folder, with a control character, empty or longer than 4,096 characters.
   */
  static Optional<String> safe(String name) {
    String path = name.replace('\\', '/');
    if (path.length() > LONGEST
        || path.startsWith("/")
        || path.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    var safe = new StringBuilder(path.length());
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        return Optional.empty();
      }
      if (!segment.isEmpty() && !segment.equals(".")) {
        safe.append(safe.length() == 0 ? "" : "/").append(segment);
      }
    }
    // A drive may hide behind a dot.
    return safe.length() == 0 || DRIVE.matcher(safe).matches()
        ? Optional.empty()
        : Optional.of(safe.toString());
  }

  /** Returns a name for a message or a row: control characters replaced, not too long. */
  static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 200 ? plain : plain.substring(0, 200) + "…";
  }

  /** Returns the folder of a path; empty where it has none. */
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Returns the last part of a path. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
