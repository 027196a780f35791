package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comments at the beginning of a file say about its licence.
 *
 * @param license from an SPDX-License-Identifier, else from the words of a notice
 * @param copyright its copyright lines in order, without comment signs
 */
public record LicenseHeader(Optional<License> license, List<String> copyright) {
  /** A header is not longer; what follows is documentation. */
  private static final int LINES = 120;

  private static final int LONGEST_COPYRIGHT = 300;

  private static final Pattern SPDX =
      Pattern.compile(
          "SPDX-License-Identifier:[ \\t]*+([A-Za-z0-9.+()-]++(?:[ \\t]++[A-Za-z0-9.+()-]++)*+)");
  private static final Pattern COPYRIGHT =
      Pattern.compile(
          "(?i)\\bcopyright\\b.*(?:\\(c\\)|\u00a9|[12][0-9]{3})|SPDX-FileCopyrightText:"
              + "|^\\W*(?:\\(c\\)|\u00a9)\\s*[12][0-9]{3}");
  private static final Pattern SIGNS = Pattern.compile("^[\\s/*#;%\"'!<{-]+|[\\s*/#\"'}>-]+$");

  public LicenseHeader {
    copyright = List.copyOf(copyright);
  }

  /** Reads the comments before the first line of code. */
  public static LicenseHeader of(String content, String language) {
    List<String> lines = comments(content, language);
    return new LicenseHeader(license(lines), copyright(lines));
  }

  /** Returns the copyright lines of a licence file, in order, at most 100. */
  public static List<String> copyrightLines(String text) {
    List<String> lines = copyright(text.lines().toList());
    return lines.subList(0, Math.min(lines.size(), 100));
  }

  private static List<String> copyright(List<String> lines) {
    List<String> copyright = new ArrayList<>();
    for (String line : lines) {
      if (line.length() <= LONGEST_COPYRIGHT && COPYRIGHT.matcher(line).find()) {
        copyright.add(withoutSigns(line));
      }
    }
    return copyright;
  }

  private static List<String> comments(String content, String language) {
    // More than the header's lines, so that a comment that begins in it is seen to end.
    String beginning = beginning(content, 4 * LINES);
    List<String> lines = PythonLines.of(beginning);
    List<LineKind> kinds = LineKind.of(beginning, language);
    List<String> comments = new ArrayList<>();
    for (int i = 0; i < Math.min(lines.size(), LINES); i++) {
      if (kinds.get(i) == LineKind.CODE || kinds.get(i) == LineKind.IMPORT) {
        break;
      }
      comments.add(kinds.get(i) == LineKind.COMMENT ? lines.get(i) : "");
    }
    return comments;
  }

  private static String beginning(String content, int lines) {
    int end = 0;
    for (int i = 0; i < lines && end < content.length(); i++) {
      end = PythonLines.endOfLine(content, end);
    }
    return content.substring(0, end);
  }

  private static Optional<License> license(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher spdx = SPDX.matcher(lines.get(i));
      if (spdx.find()) {
        String expression = spdx.group(1).strip();
        return Optional.of(
            new License(
                expression.endsWith("--") ? expression.replaceAll("[ -]+$", "") : expression,
                "SPDX-License-Identifier in line %d".formatted(i + 1)));
      }
    }
    return LicenseText.recognise(String.join("\n", lines))
        .map(spdx -> new License(spdx, "notice at the beginning of the file"));
  }

  private static String withoutSigns(String line) {
    return SIGNS.matcher(line).replaceAll("").strip();
  }
}
