package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How seed snippets are drawn.
 *
 * @param from names of declared sources; all of them where the file names none
 * @param minLines fewest lines of a seed, 1 to 1,000
 * @param maxLines most lines of a seed, {@code minLines} to 1,000
 * @param perFile seeds drawn from one file, 1 to 1,000
 * @param count how many are kept
 * @param licenses SPDX ids of the licences that files may have, or the word {@code permissive};
 *     empty takes every file
 */
public record SeedsConfig(
    List<String> from,
    Extractor extractor,
    int minLines,
    int maxLines,
    int perFile,
    SeedCount count,
    Degenerate degenerate,
    List<String> licenses) {
  /** The word that stands for the list of permissive licences. */
  public static final String PERMISSIVE = "permissive";

  public SeedsConfig {
    from = List.copyOf(from);
    requireNonNull(extractor, "extractor is null");
    requireNonNull(count, "count is null");
    requireNonNull(degenerate, "degenerate is null");
    licenses = List.copyOf(licenses);
    if (minLines < 1 || maxLines < minLines) {
      throw new IllegalArgumentException(
          "seeds must have 1 <= min-lines <= max-lines, but these were %d and %d"
              .formatted(minLines, maxLines));
    }
  }

  /** How lines are chosen from a file. */
  public enum Extractor implements Word {
    /** A run of lines of random length at a random place (Magicoder §2.1). */
    RANDOM_LINES("random-lines");

    private final String id;

    Extractor(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** What becomes of a snippet that is blank or only imports, comments or punctuation. */
  public enum Degenerate implements Word {
    /** It is rejected. */
    REJECT("reject"),
    /** It is a seed like any other, as in the paper. */
    KEEP("keep");

    private final String id;

    Degenerate(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /**
   * Binds the section.
   *
   * @param sources the names that the file declares
   */
  static SeedsConfig bind(Section section, Set<String> sources) {
    List<String> from =
        section
            .key("from", "Names of the sources to draw from; all where it is not given.")
            .is(Groups.oneOrList(sourceName(sources)))
            .optional()
            .orElse(List.copyOf(sources));
    Extractor extractor =
        section
            .key("extractor", "How lines are chosen from a file.")
            .is(Kinds.word(Extractor.class))
            .orElse(Extractor.RANDOM_LINES);
    Value<Integer> least =
        section.key("min-lines", "Fewest lines of a seed.").is(Kinds.integer(1, 1000));
    Value<Integer> most =
        section
            .key("max-lines", "Most lines of a seed, not fewer than min-lines.")
            .is(Kinds.integer(1, 1000));
    int minLines = least.orElse(1);
    int maxLines = most.orElse(15);
    if (minLines > maxLines) {
      refuse(least, minLines, most, maxLines);
    }
    return new SeedsConfig(
        from,
        extractor,
        Math.min(minLines, maxLines),
        maxLines,
        section.key("per-file", "Seeds drawn from one file.").is(Kinds.integer(1, 1000)).orElse(1),
        section
            .key("count", "Seeds kept, in total or for each language; all where it is not given.")
            .is(SeedCount.kind(section.vocabulary()))
            .optional()
            .orElse(SeedCount.ALL),
        section
            .key("degenerate", "Whether snippets without code of their own are rejected.")
            .is(Kinds.word(Degenerate.class))
            .orElse(Degenerate.REJECT),
        section
            .key(
                "licenses",
                "Licences that files may have: permissive, or SPDX ids; any and none where it is not given.")
            .is(
                Groups.oneOrList(
                    Kinds.matching(
                        "[A-Za-z0-9][A-Za-z0-9.+-]{0,99}",
                        "permissive or an SPDX id such as Apache-2.0",
                        PERMISSIVE)))
            .optional()
            .orElse(List.of()));
  }

  private static void refuse(
      Value<Integer> least, int minLines, Value<Integer> most, int maxLines) {
    // A key that was refused already has its problem.
    if (most.read().isPresent() && (least.read().isPresent() || least.given().isEmpty())) {
      most.refuse(
          "%d to 1000".formatted(minLines),
          "%d is less than min-lines, which is %d".formatted(maxLines, minLines));
    } else if (most.given().isEmpty()) {
      least.refuse(
          "1 to %d".formatted(maxLines),
          "%d is more than max-lines, which is %d where it is not given"
              .formatted(minLines, maxLines));
    }
  }

  // Where no source is declared, that is the problem, not each name.
  private static Kind<String> sourceName(Set<String> sources) {
    return sources.isEmpty()
        ? Kinds.name().called("the name of a source")
        : Kinds.idOf("source", sources);
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("from", from);
    keys.put("extractor", extractor);
    keys.put("min-lines", minLines);
    keys.put("max-lines", maxLines);
    keys.put("per-file", perFile);
    keys.put("count", count.resolved());
    keys.put("degenerate", degenerate);
    keys.put("licenses", licenses.isEmpty() ? Optional.empty() : licenses);
    return keys;
  }
}
