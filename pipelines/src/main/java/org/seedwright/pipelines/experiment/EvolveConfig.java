package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How instructions are evolved.
 *
 * @param rounds 0 to 10
 * @param heuristics ids to draw from, in the order of the file; {@code code} is spelled out
 */
public record EvolveConfig(
    int rounds, List<String> heuristics, Elimination eliminate, MergeConfig merge) {

  /** WizardLM and WizardCoder went to 4. */
  static final int MOST_ROUNDS = 10;

  public EvolveConfig {
    heuristics = List.copyOf(heuristics);
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
    List<String> code = List.copyOf(section.vocabulary().heuristics());
    Value<Integer> rounds =
        section.key("rounds", "Rounds of evolution.").is(Kinds.integer(0, MOST_ROUNDS));
    return new EvolveConfig(
        rounds.required(),
        heuristics(section, code).optional().orElse(code),
        section
            .key("eliminate", "How failed evolutions are found.")
            .is(Kinds.word(Elimination.class))
            .orElse(Elimination.RULES_AND_JUDGE),
        MergeConfig.bind(section, rounds));
  }

  private static Value<List<String>> heuristics(Section section, List<String> code) {
    String range = "code, or a list of heuristics (%s)".formatted(String.join(", ", code));
    Kind<List<String>> all =
        new Kind<>(
            range,
            Kinds.type("string").put("const", "code"),
            () -> code,
            (node, place) ->
                Kinds.scalar(node, Tag.STR).equals(Optional.of("code"))
                    ? Optional.of(code)
                    : Kinds.refuse(node, place, range, "is not " + range));
    Kind<List<String>> chosen = Groups.list(Kinds.idOf("heuristic", code), 1);
    return section
        .key(
            "heuristics",
            "The heuristics to draw from: code for all that rewrite programming tasks, or a list"
                + " of ids; code where it is not given.")
        .is(Groups.either(all, chosen).called(range));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("rounds", rounds);
    keys.put("heuristics", heuristics);
    keys.put("eliminate", eliminate);
    keys.put("merge", merge.resolved());
    return keys;
  }
}
