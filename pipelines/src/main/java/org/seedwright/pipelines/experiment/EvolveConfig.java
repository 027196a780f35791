package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How instructions are evolved.
 *
 * @param rounds 0 to 10
 * @param heuristics what is drawn from
 * @param merge which rounds make the data set
 */
public record EvolveConfig(
    int rounds, HeuristicsConfig heuristics, Elimination eliminate, MergeConfig merge) {

  /** WizardLM and WizardCoder went to 4. */
  static final int MOST_ROUNDS = 10;

  public EvolveConfig {
    requireNonNull(heuristics, "heuristics is null");
    requireNonNull(eliminate, "eliminate is null");
    requireNonNull(merge, "merge is null");
    if (rounds < 0) {
      throw new IllegalArgumentException(
          "evolve.rounds must be at least 0, but was %d".formatted(rounds));
    }
    if (merge.last() > rounds) {
      throw new IllegalArgumentException(
          "evolve.merge names round %d, but there are %d".formatted(merge.last(), rounds));
    }
  }

  /** Returns the rounds whose rows make the data set, ascending, at least one. */
  public List<Integer> mergedRounds() {
    return merge.of(rounds);
  }

  /** How failed evolutions are found (WizardLM §2.3). */
  public enum Elimination implements Word {
    /** Every child is kept. */
    NONE("none"),
    /** By rules over instruction and response, without another request. */
    RULES("rules"),
    /** By the rules, and by a teacher that compares the child with its parent. */
    RULES_AND_JUDGE("rules+judge");

    private final String id;

    Elimination(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static EvolveConfig bind(Section section) {
    Value<Integer> rounds =
        section.key("rounds", "Rounds of evolution.").is(Kinds.integer(0, MOST_ROUNDS));
    return new EvolveConfig(
        rounds.required(),
        HeuristicsConfig.bind(section),
        section
            .key("eliminate", "How failed evolutions are found.")
            .is(Kinds.word(Elimination.class))
            .orElse(Elimination.RULES_AND_JUDGE),
        MergeConfig.bind(section, rounds));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("rounds", rounds);
    keys.put("heuristics", heuristics.resolved());
    keys.put("eliminate", eliminate);
    keys.put("merge", merge.resolved());
    return keys;
  }
}
