package org.seedwright.pipelines.experiment;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * How the branches of an experiment make one data set.
 *
 * @param order whether they are phases of a training or one set
 * @param parts the branches that are taken, at least one, in the order of the file
 */
public record MixConfig(Order order, List<Part> parts) {
  private static final double MOST_WEIGHT = 1e6;

  public MixConfig {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("mix needs a branch at least");
    }
    long weights = parts.stream().filter(part -> part.weight().isPresent()).count();
    if (weights > 0 && (weights < parts.size() || order == Order.PHASES)) {
      throw new IllegalArgumentException("all branches of a union have a weight, or none has");
    }
  }

  /** What the branches are to each other. */
  public enum Order {
    /** Each is trained on after the one before it (Magicoder-S: OSS-Instruct, then Evol). */
    PHASES,
    /** All are trained on together (WaveCoder-Ultra). */
    UNION
  }

  /**
   * A branch that is taken.
   *
   * @param weight its share in the union in proportion to the others', above 0; without weights
   *     every row is taken
   */
  public record Part(String branch, Optional<Double> weight) {}

  /** Returns the union of all rows of some branches. */
  static MixConfig unionOf(Collection<String> branches) {
    return of(Order.UNION, branches);
  }

  private static MixConfig of(Order order, Collection<String> branches) {
    return new MixConfig(
        order, branches.stream().map(branch -> new Part(branch, Optional.empty())).toList());
  }

  /** Returns the names of the branches that are taken. */
  public List<String> branches() {
    return parts.stream().map(Part::branch).toList();
  }

  /**
   * Binds the section.
   *
   * @param branches the names that the file declares
   */
  static MixConfig bind(Section section, Collection<String> branches) {
    Kind<String> branch =
        branches.isEmpty()
            ? Kinds.name().called("the name of a branch")
            : Kinds.idOf("branch", branches);
    Value<MixConfig> phases =
        section
            .key("phases", "Branches in the order in which they are trained on; column phase.")
            .is(Groups.list(branch, 1).as(names -> orAll(Order.PHASES, names, branch)));
    Value<MixConfig> union =
        section
            .key("union", "Branches that are trained on together, or their weights by name.")
            .is(union(branch));
    Optional<MixConfig> united = union.insteadOf(phases);
    if (phases.given().isEmpty() && union.given().isEmpty()) {
      section.place().refuse("", "phases or union", "names neither phases nor union");
    }
    return phases.read().or(() -> united).orElseGet(union.kind().placeholder());
  }

  /** Where every item was refused, so will the file be. */
  private static MixConfig orAll(Order order, List<String> names, Kind<String> branch) {
    return of(order, names.isEmpty() ? List.of(branch.placeholder().get()) : names);
  }

  private static Kind<MixConfig> union(Kind<String> branch) {
    Kind<MixConfig> list = Groups.list(branch, 1).as(names -> orAll(Order.UNION, names, branch));
    Kind<MixConfig> weights =
        Groups.mapping(branch, Kinds.decimalAbove(0, MOST_WEIGHT)).as(MixConfig::weighted);
    var schema = list.schema().objectNode();
    schema.putArray("anyOf").add(list.schema()).add(weights.schema());
    return new Kind<>(
        "a list of branches, or a mapping of branches to weights above 0",
        schema,
        list.placeholder(),
        (node, place) ->
            node instanceof MappingNode ? weights.read(node, place) : list.read(node, place));
  }

  private static MixConfig weighted(Map<String, Double> weights) {
    return new MixConfig(
        Order.UNION,
        weights.entrySet().stream()
            .map(entry -> new Part(entry.getKey(), Optional.of(entry.getValue())))
            .toList());
  }

  Map<String, Object> resolved() {
    boolean weighted = parts.get(0).weight().isPresent();
    Object value =
        weighted
            ? parts.stream()
                .collect(
                    toMap(
                        Part::branch,
                        part -> part.weight().orElseThrow(),
                        (one, other) -> one,
                        LinkedHashMap::new))
            : branches();
    return Map.of(order == Order.PHASES ? "phases" : "union", value);
  }
}
