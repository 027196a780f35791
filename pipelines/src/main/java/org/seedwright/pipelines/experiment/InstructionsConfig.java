package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instructions that somebody else made, as the beginning of a chain in place of sources and seeds.
 *
 * @param path the file that round 0 is read from; absolute
 * @param rounds files of an evolution made elsewhere, round 1 first; absolute
 * @param language of the programs asked for; one word for the whole file
 * @param license SPDX id of the file; empty where it is not told
 * @param count rows of round 0 that are kept, 1 to 1,000,000,000; all where it is empty
 */
public record InstructionsConfig(
    Path path,
    Layout layout,
    List<Path> rounds,
    String language,
    Optional<String> license,
    Optional<Integer> count) {

  /** What is said of rows whose language nobody told. */
  public static final String UNKNOWN_LANGUAGE = "unknown";

  private static final int MOST = 1_000_000_000;

  public InstructionsConfig {
    requireNonNull(path, "path is null");
    requireNonNull(layout, "layout is null");
    rounds = List.copyOf(rounds);
    requireNonNull(language, "language is null");
    requireNonNull(license, "license is null");
    requireNonNull(count, "count is null");
  }

  /** How the rows of a file are written. */
  public enum Layout implements Word {
    /**
     * {@code instruction}, {@code input} and {@code output}, as Alpaca and Code Alpaca have them.
     */
    ALPACA("alpaca"),
    /** {@code instances} of an instruction, as in Unnatural Instructions' core data. */
    UNNATURAL_CORE("unnatural-core"),
    /** The same, and {@code reformulations}, as in Unnatural Instructions' full data. */
    UNNATURAL_FULL("unnatural-full"),
    /** {@code messages} with role and content, or ShareGPT's {@code conversations}. */
    CHAT("chat");

    private final String id;

    Layout(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static InstructionsConfig bind(Section section) {
    return new InstructionsConfig(
        section
            .key("path", "The file: a JSON array or JSON lines, plain or in gzip.")
            .is(Paths.file())
            .required(),
        section.key("layout", "How its rows are written.").is(Kinds.word(Layout.class)).required(),
        section
            .key(
                "rounds",
                "Files of the rounds of an evolution made elsewhere, round 1 first, in the same layout.")
            .is(Groups.list(Paths.file(), 1))
            .optional()
            .orElse(List.of()),
        section
            .key("language", "Programming language of the rows, where it is one.")
            .is(Kinds.name().called("the name of a language, such as python"))
            .orElse(UNKNOWN_LANGUAGE),
        section
            .key("license", "SPDX id of the file's licence.")
            .is(
                Kinds.matching(
                    "[A-Za-z0-9][A-Za-z0-9.+-]{0,99}", "an SPDX id such as CC-BY-NC-4.0", "MIT"))
            .optional(),
        section
            .key("count", "Rows of path that are kept; all where it is not given.")
            .is(Kinds.integer(1, MOST))
            .optional());
  }

  /** Returns the same with at most so many rows, which this keeps too. */
  InstructionsConfig atMost(int most) {
    return new InstructionsConfig(
        path,
        layout,
        rounds,
        language,
        license,
        Optional.of(Math.min(most, count.orElse(Integer.MAX_VALUE))));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("path", path);
    keys.put("layout", layout);
    keys.put("rounds", rounds.isEmpty() ? Optional.empty() : rounds);
    keys.put("language", language);
    keys.put("license", license);
    keys.put("count", count);
    return keys;
  }
}
