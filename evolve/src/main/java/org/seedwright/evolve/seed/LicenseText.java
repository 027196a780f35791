package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises a licence by the words of its text or of the notice that refers to it.
 *
 * <p>Of several licences in one text the one that is named first counts: it is the project's own,
 * those after it belong to what the project bundles. Case, line breaks, comment signs and
 * punctuation make no difference.
 */
public final class LicenseText {
  private record Phrase(String spdx, Pattern words) {}

  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

  private static final String MIT_GRANT =
      "permission is hereby granted free of charge to any person obtaining a copy of this software and"
          + " associated documentation files the software to deal in the software without restriction";
  private static final String ISC_GRANT =
      "permission to use copy modify and or distribute this software for any purpose with or without"
          + " fee is hereby granted";
  private static final String BSD_GRANT =
      "redistribution and use in source and binary forms with or without modification are permitted";

  private static final Pattern GPL =
      Pattern.compile(
          "gnu (?<kind>affero |lesser |library )?general public licen[sc]e"
              + "(?: (?:l?gpl|agpl))?"
              + "(?: as published by the free software foundation)?(?: either)?"
              + "(?: version| v)? ?(?<version>2 1|2 0|3 0|2|3)\\b"
              + "(?: of the licen[sc]e)?(?<later> or at your option any later version| or later)?");

  private static final List<Phrase> PHRASES =
      List.of(
          phrase("MIT", MIT_GRANT),
          phrase("ISC", ISC_GRANT),
          phrase("BSD-3-Clause", BSD_GRANT),
          phrase("Apache-2.0", "apache license version 2 0|apache license v2 0|apache 2 0 license"),
          phrase("MPL-2.0", "mozilla public license (?:version|v) ?2 0"),
          phrase("EPL-2.0", "eclipse public license (?:version |v ?)?2 0"),
          phrase("PSF-2.0", "python software foundation license version 2"),
          phrase(
              "Unlicense",
              "this is free and unencumbered software released into the public domain"),
          phrase("BSL-1.0", "boost software license version 1 0"),
          phrase("CC0-1.0", "cc0 1 0 universal"),
          phrase(
              "Zlib",
              "this software is provided as is without any express or implied warranty in no event will"
                  + " the authors be held liable for any damages arising from the use of this software"),
          phrase("WTFPL", "do what the fuck you want to public license"),
          phrase("EPL-1.0", "eclipse public license (?:version |v ?)?1 0"),
          phrase("MPL-1.1", "mozilla public license (?:version|v) ?1 1"),
          phrase(
              "CDDL-1.0",
              "common development and distribution license (?:cddl )?(?:version|v) ?1 0"),
          phrase("Artistic-2.0", "artistic license 2 0"),
          phrase("UPL-1.0", "universal permissive license (?:upl )?(?:version|v) ?1 0"),
          phrase(
              "BlueOak-1.0.0", "blue oak model license version 1 0 0|blue oak model license 1 0 0"),
          phrase("Unicode-3.0", "unicode license v3"),
          // Notices that name the licence and grant nothing themselves.
          phrase(
              "notice:MIT",
              "(?:licensed|released|distributed|available|is) under the (?:terms of the )?mit(?: x11)?"
                  + " licen[sc]e"),
          phrase(
              "notice:BSD-3-Clause",
              "under the (?:terms of the )?(?:bsd 3 clause|3 clause bsd|new bsd|modified bsd) licen[sc]e"),
          phrase(
              "notice:BSD-2-Clause",
              "under the (?:terms of the )?(?:bsd 2 clause|2 clause bsd|simplified bsd) licen[sc]e"));

  private LicenseText() {}

  private static Phrase phrase(String spdx, String words) {
    return new Phrase(spdx, Pattern.compile("\\b(?:" + words + ")\\b"));
  }

  /** Returns the SPDX id of the licence that {@code text} is or refers to. */
  public static Optional<String> recognise(String text) {
    String words = NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    int first = Integer.MAX_VALUE;
    Optional<String> spdx = Optional.empty();
    for (Phrase phrase : PHRASES) {
      Matcher found = phrase.words().matcher(words);
      if (found.find() && found.start() < first) {
        first = found.start();
        spdx = Optional.of(variant(phrase.spdx(), words));
      }
    }
    Matcher gnu = GPL.matcher(words);
    if (gnu.find() && gnu.start() < first) {
      spdx = Optional.of(gnu(gnu));
    }
    return spdx;
  }

  private static String variant(String spdx, String words) {
    return switch (spdx) {
      case "MIT" -> words.contains("this permission notice shall be included") ? "MIT" : "MIT-0";
      case "ISC" -> words.contains("provided that the above copyright notice") ? "ISC" : "0BSD";
      case "BSD-3-Clause" -> bsd(words);
      default -> spdx.startsWith("notice:") ? spdx.substring("notice:".length()) : spdx;
    };
  }

  private static String bsd(String words) {
    if (words.contains("all advertising materials mentioning features")) {
      return "BSD-4-Clause";
    }
    return words.contains("neither the name")
            || words.contains("may not be used to endorse or promote")
            || words.contains("may be used to endorse or promote")
        ? "BSD-3-Clause"
        : "BSD-2-Clause";
  }

  private static String gnu(Matcher gnu) {
    String kind = gnu.group("kind") == null ? "" : gnu.group("kind").strip();
    String family =
        switch (kind) {
          case "affero" -> "AGPL";
          case "lesser", "library" -> "LGPL";
          default -> "GPL";
        };
    String version =
        switch (gnu.group("version")) {
          case "2 1" -> "2.1";
          case "3", "3 0" -> "3.0";
          default -> "2.0";
        };
    return family + "-" + version + (gnu.group("later") == null ? "" : "-or-later");
  }
}
