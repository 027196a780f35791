package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises a licence by the words of its text or of the notice that refers to it.
 *
 * <p>Of several licences in one text the one that is named first counts: it is the project's own,
 * those after it belong to what the project bundles. Where the words around it give a choice
 * (<i>dual licensed</i>, <i>either of</i>, <i>at your option</i>), all that it is between count.
 * Case, line breaks, comment signs and punctuation make no difference.
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

  /** Words between those of a choice and the first licence of it, in characters. */
  private static final int LEAD_LENGTH = 100;

  /** The words that name the first licence may begin with those of the choice. */
  private static final int OWN_LEAD_LENGTH = 30;

  /** A choice is told in one sentence, with the licences' addresses; in characters. */
  private static final int CHOICE_LENGTH = 300;

  private static final Pattern CHOICE_BEFORE =
      Pattern.compile(
          "\\b(?:dual(?:ly)? licen[sc]ed|licen[sc]ed under either|under (?:the )?terms of either(?! this)"
              + "|either of the licen[sc]es)\\b");

  /** The GNU licences' own words are of versions, not of licences. */
  private static final Pattern CHOICE_AFTER =
      Pattern.compile("\\bat your option\\b(?! any later version)");

  private static final Pattern OR_MIT =
      Pattern.compile("\\b(?:or|and) (?:the )?(?:terms of the )?mit(?: x11)? licen[sc]e\\b");

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

  /**
   * Returns the licence that {@code text} is or refers to, or those it leaves the choice of ({@code
   * A OR B}), in order of naming; none if it gives a choice of which only one is recognised, since
   * the other must be looked for elsewhere.
   */
  public static Optional<String> recognise(String text) {
    String words = words(text);
    List<Named> named = named(words);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Named first = named.get(0);
    int end = endOfChoice(words, first.start());
    if (end < 0) {
      return Optional.of(first.spdx());
    }
    List<String> choice =
        Stream.concat(named.stream(), alternatives(words, first.start()))
            .filter(one -> one.start() < end)
            .sorted(Comparator.comparingInt(Named::start))
            .map(Named::spdx)
            .distinct()
            .toList();
    return choice.size() == 1 ? Optional.empty() : Optional.of(String.join(" OR ", choice));
  }

  /** Tells whether {@code text} gives a choice between licences that other texts hold. */
  public static boolean givesChoice(String text) {
    return CHOICE_BEFORE.matcher(words(text)).find();
  }

  private static String words(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private record Named(int start, String spdx) {}

  private static List<Named> named(String words) {
    List<Named> named = new ArrayList<>();
    for (Phrase phrase : PHRASES) {
      Matcher found = phrase.words().matcher(words);
      if (found.find()) {
        named.add(new Named(found.start(), variant(phrase.spdx(), words)));
      }
    }
    Matcher gnu = GPL.matcher(words);
    if (gnu.find()) {
      named.add(new Named(gnu.start(), gnu(gnu)));
    }
    named.sort(Comparator.comparingInt(Named::start));
    return named;
  }

  /** Names that say too little to be looked for where there is no choice. */
  private static Stream<Named> alternatives(String words, int first) {
    Matcher mit = OR_MIT.matcher(words);
    return mit.find(first) ? Stream.of(new Named(mit.start(), "MIT")) : Stream.empty();
  }

  /** Returns where the choice ends that the licence named at {@code first} is part of, or -1. */
  private static int endOfChoice(String words, int first) {
    int near = Math.min(words.length(), first + CHOICE_LENGTH);
    Matcher before = CHOICE_BEFORE.matcher(words);
    before.region(
        Math.max(0, first - LEAD_LENGTH), Math.min(words.length(), first + OWN_LEAD_LENGTH));
    if (before.find()) {
      return near;
    }
    Matcher after = CHOICE_AFTER.matcher(words);
    after.region(first, near);
    return after.find() ? after.start() : -1;
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
