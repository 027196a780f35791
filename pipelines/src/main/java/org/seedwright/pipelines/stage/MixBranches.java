package org.seedwright.pipelines.stage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;

/**
 * Makes one table of several branches: a union, or phases of a training. With weights the union is
 * the largest in which the branches' rows stand to each other as their weights; no row is repeated,
 * and of a branch that has more those with the smallest digests of (seed, id) are kept.
 *
 * @param runSeed the experiment's seed
 * @param parts the branches, at least one, in the order of their phases
 * @param phases whether the parts are phases
 */
public record MixBranches(long runSeed, List<Part> parts, boolean phases) implements Stage {
  /** The stage's name. */
  public static final String NAME = "mix";

  private static final String FROM = "merge";

  /**
   * A branch.
   *
   * @param weight above 0; all parts have one or none has
   */
  public record Part(Branch branch, Optional<Double> weight) {}

  private record PartConfiguration(String branch, Optional<Double> weight) {}

  private record Configuration(
      String order, List<PartConfiguration> branches, Optional<Long> seed) {}

  public MixBranches {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("mix needs a branch at least");
    }
  }

  private boolean isWeighted() {
    return parts.get(0).weight().isPresent();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        phases ? "phases" : "union",
        parts.stream()
            .map(part -> new PartConfiguration(part.branch().name(), part.weight()))
            .toList(),
        // Without weights nothing is drawn.
        isWeighted() ? Optional.of(runSeed) : Optional.empty());
  }

  @Override
  public List<String> inputs() {
    return parts.stream().map(part -> part.branch().stage(FROM)).toList();
  }

  @Override
  public long compute(StageWork work) {
    Map<String, Long> limits = isWeighted() ? limits(work) : Map.of();
    work.job(
        name(),
        pipeline -> {
          PCollection<Sample> all = read(pipeline, work);
          if (limits.isEmpty()) {
            work.write("", Table.of(Sample.class), all);
          } else {
            var most = new HashMap<>(limits);
            ChosenSamples.write(work, all, runSeed, NAME, () -> new Weighed(most));
          }
        });
    return inputs().stream().mapToLong(input -> work.rows(input, "")).sum();
  }

  private PCollection<Sample> read(Pipeline pipeline, StageWork work) {
    Table<Sample> table = Table.of(Sample.class);
    var read = new ArrayList<PCollection<Sample>>();
    for (int i = 0; i < parts.size(); i++) {
      String input = inputs().get(i);
      PCollection<Sample> rows =
          pipeline.apply("Read-" + input, ReadTable.from(table, work.input(input, "")));
      read.add(
          phases
              ? rows.apply("Phase-" + (i + 1), MapElements.via(new InPhase(i + 1)))
                  .setCoder(table.coder())
              : rows);
    }
    return PCollectionList.of(read).apply("Mix", Flatten.pCollections()).setCoder(table.coder());
  }

  private Map<String, Long> limits(StageWork work) {
    var rows = new LinkedHashMap<String, Long>();
    for (Part part : parts) {
      String input = part.branch().stage(FROM);
      work.needRows(input);
      rows.put(part.branch().name(), work.rows(input, ""));
    }
    return limits(
        rows,
        parts.stream()
            .collect(
                Collectors.toMap(
                    part -> part.branch().name(), part -> part.weight().orElseThrow())));
  }

  /**
   * Returns how many rows of each branch are kept: all of the one that is shortest for its weight,
   * and of the others as many as its rows allow, rounded down.
   *
   * @param rows of each branch, 1 or more
   * @param weights by branch, above 0
   */
  static Map<String, Long> limits(Map<String, Long> rows, Map<String, Double> weights) {
    String least = "";
    for (String branch : rows.keySet()) {
      // Rows by weight are compared crosswise: a quotient would be rounded.
      if (least.isEmpty()
          || times(rows.get(branch), weights.get(least))
                  .compareTo(times(rows.get(least), weights.get(branch)))
              < 0) {
        least = branch;
      }
    }
    var limits = new LinkedHashMap<String, Long>();
    for (String branch : rows.keySet()) {
      limits.put(
          branch,
          times(rows.get(least), weights.get(branch))
              .divide(BigDecimal.valueOf(weights.get(least)), 0, RoundingMode.DOWN)
              .longValueExact());
    }
    return limits;
  }

  private static BigDecimal times(long rows, double weight) {
    return BigDecimal.valueOf(rows).multiply(BigDecimal.valueOf(weight));
  }

  /** Takes so many rows of each branch. */
  private static final class Weighed implements ChosenSamples.Choice {
    private final Map<String, Long> most;
    private final Map<String, Long> kept = new HashMap<>();

    Weighed(Map<String, Long> most) {
      this.most = most;
    }

    @Override
    public Optional<String> leaves(Sample sample) {
      long number = kept.merge(sample.branch(), 1L, Long::sum);
      long limit = most.get(sample.branch());
      return number <= limit
          ? Optional.empty()
          : Optional.of("%d rows of branch %s are its weight".formatted(limit, sample.branch()));
    }
  }

  private static final class InPhase extends SimpleFunction<Sample, Sample> {
    private final int phase;

    InPhase(int phase) {
      this.phase = phase;
    }

    @Override
    public Sample apply(Sample sample) {
      return Samples.inPhase(sample, phase);
    }
  }
}
