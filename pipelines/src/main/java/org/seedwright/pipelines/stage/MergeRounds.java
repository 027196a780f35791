package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * The union of what some rounds accepted. The training set of WizardCoder after round t is the seed
 * set and rounds 1 to t. A parent that was carried to the next round is in the round that made it
 * and comes in once.
 *
 * @param rounds the rounds whose rows are united, ascending, at least one
 */
public record MergeRounds(List<Integer> rounds) implements Stage {
  private record Configuration(String merge) {}

  public MergeRounds {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("merge needs a round at least");
    }
  }

  @Override
  public String name() {
    return "merge";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    // Which rounds these are is told by the stages read.
    return new Configuration(
        rounds.equals(IntStream.range(0, rounds.size()).boxed().toList())
            ? "cumulative"
            : "rounds");
  }

  @Override
  public List<String> inputs() {
    return rounds.stream().map(RespondRound::name).toList();
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> table = Table.of(Sample.class);
    work.job(
        name(),
        pipeline -> {
          List<PCollection<Sample>> read =
              inputs().stream()
                  .map(
                      round ->
                          pipeline.apply(
                              "Read-" + round, ReadTable.from(table, work.input(round, ""))))
                  .collect(Collectors.toList());
          PCollectionList.of(read)
              .apply("Unite", Flatten.pCollections())
              .apply("Write", WriteTable.to(table, work.output("")));
        });
    return inputs().stream().mapToLong(round -> work.rows(round, "")).sum();
  }
}
