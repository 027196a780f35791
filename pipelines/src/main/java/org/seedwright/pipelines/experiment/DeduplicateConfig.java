package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How duplicates are found; the stage always runs.
 *
 * @param columns what is compared, at least one, in the order of the file
 * @param threshold of {@code minhash}: least Jaccard similarity, above 0 and at most 1
 * @param words of {@code minhash}: words of a run
 * @param permutations of {@code minhash}: most that a signature has
 * @param keep of {@code minhash}: which sample of a cluster stays
 */
public record DeduplicateConfig(
    Method method, List<Column> columns, double threshold, int words, int permutations, Keep keep) {

  public DeduplicateConfig {
    requireNonNull(method, "method is null");
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

  static DeduplicateConfig bind(Section section) {
    return new DeduplicateConfig(
        section
            .key("method", "How two samples are compared.")
            .is(Kinds.word(Method.class))
            .orElse(Method.EXACT),
        section
            .key("columns", "What is compared: exact takes each column, minhash all together.")
            .is(Groups.list(Kinds.word(Column.class), 1))
            .orElse(List.of(Column.INSTRUCTION)),
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
    keys.put("threshold", threshold);
    keys.put("words", words);
    keys.put("permutations", permutations);
    keys.put("keep", keep);
    return keys;
  }
}
