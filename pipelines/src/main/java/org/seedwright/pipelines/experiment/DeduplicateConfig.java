package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How duplicates are found; the stage always runs.
 *
 * @param columns what is compared, at least one, in the order of the file; no seed with {@code
 *     minhash}
 * @param equal of {@code exact}: in how many of the columns duplicates are equal
 * @param ignore of {@code exact}: in what equal columns may differ
 * @param threshold of {@code minhash}: least Jaccard similarity, above 0 and at most 1
 * @param words of {@code minhash}: words of a run
 * @param permutations of {@code minhash}: most that a signature has
 * @param keep of {@code minhash}: which sample of a cluster stays
 */
public record DeduplicateConfig(
    Method method,
    List<Column> columns,
    Equal equal,
    Ignore ignore,
    double threshold,
    int words,
    int permutations,
    Keep keep) {

  public DeduplicateConfig {
    requireNonNull(method, "method is null");
    requireNonNull(equal, "equal is null");
    requireNonNull(ignore, "ignore is null");
    requireNonNull(keep, "keep is null");
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("deduplicate.columns must name at least one column");
    }
  }

  /** How two samples are compared. */
  public enum Method implements Word {
    /** Equal after normalisation. */
    EXACT("exact"),
    /** Alike in most of their runs of words. */
    MINHASH("minhash");

    private final String id;

    Method(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** A column of a sample that can be compared. */
  public enum Column implements Word {
    /** The code of the seed that a sample goes back to. */
    SEED("seed"),
    /** The instruction. */
    INSTRUCTION("instruction"),
    /** The response. */
    RESPONSE("response");

    private final String id;

    Column(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** In how many of the columns exact duplicates are equal. */
  public enum Equal implements Word {
    /** In every one. */
    ALL("all"),
    /** In at least one: each column of a sample that stays is new. */
    ANY("any");

    private final String id;

    Equal(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** In what equal columns may differ. */
  public enum Ignore implements Word {
    /** White space, case, width and composition. */
    WHITE_SPACE_AND_CASE("white-space-and-case"),
    /** White space alone. */
    WHITE_SPACE("white-space");

    private final String id;

    Ignore(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** Which sample of a cluster of near-duplicates stays. */
  public enum Keep implements Word {
    /** The one with the fewest rounds behind it. */
    LOWEST_ROUND("lowest-round"),
    /** The one with the most rounds behind it. */
    HIGHEST_ROUND("highest-round"),
    /** The one with the most characters in the compared columns. */
    LONGEST("longest"),
    /** The one with the fewest characters in the compared columns. */
    SHORTEST("shortest"),
    /** No preference. */
    ANY("any");

    private final String id;

    Keep(String id) {
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
   * @param seeded whether some samples go back to seeds
   */
  static DeduplicateConfig bind(Section section, boolean seeded) {
    Value<Method> method =
        section.key("method", "How two samples are compared.").is(Kinds.word(Method.class));
    Value<List<Column>> columns =
        section
            .key("columns", "What is compared: exact takes each column, minhash all together.")
            .is(Groups.list(Kinds.word(Column.class), 1));
    Method chosen = method.orElse(Method.EXACT);
    List<Column> compared = columns.orElse(List.of(Column.INSTRUCTION));
    if (compared.contains(Column.SEED)) {
      if (chosen == Method.MINHASH) {
        columns.refuse("seed only with method: exact", "seed is only compared with method: exact");
      } else if (!seeded) {
        columns.refuse(
            "seed only where instructions are made of code",
            "seed is not there where instructions are not made of code");
      }
    }
    return new DeduplicateConfig(
        chosen,
        compared,
        section
            .key(
                "equal",
                "Whether exact duplicates are equal in all columns, or any column of a sample that"
                    + " stays must be new; for exact.")
            .is(Kinds.word(Equal.class))
            .orElse(Equal.ALL),
        section
            .key("ignore", "In what equal columns may differ; for exact.")
            .is(Kinds.word(Ignore.class))
            .orElse(Ignore.WHITE_SPACE_AND_CASE),
        section
            .key("threshold", "Jaccard similarity from which two samples are alike; for minhash.")
            .is(Kinds.decimalAbove(0, 1))
            .orElse(0.7),
        section
            .key("words", "Words of a run, which similarity is counted in; for minhash.")
            .is(Kinds.integer(1, 64))
            .orElse(5),
        section
            .key(
                "permutations",
                "Most that a signature has; bands are chosen for the threshold; for minhash.")
            .is(Kinds.integer(1, 4096))
            .orElse(256),
        section
            .key(
                "keep",
                "Which sample of a cluster stays, of equal ones that whose id has the smallest"
                    + " SHA-256; for minhash.")
            .is(Kinds.word(Keep.class))
            .orElse(Keep.LOWEST_ROUND));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("method", method);
    keys.put("columns", columns);
    keys.put("equal", equal);
    keys.put("ignore", ignore);
    keys.put("threshold", threshold);
    keys.put("words", words);
    keys.put("permutations", permutations);
    keys.put("keep", keep);
    return keys;
  }
}
