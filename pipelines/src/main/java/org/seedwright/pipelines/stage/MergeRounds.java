package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * The union of what every round accepted: the training set of WizardCoder after round t is the seed
 * set and rounds 1 to t. A parent that was carried to the next round is in the round that made it
 * and comes in once.
 *
 * @param rounds names of the stages read, {@code respond-0} first
 */
public record MergeRounds(List<String> rounds) implements Stage {
  private record Configuration(String merge) {}

  public MergeRounds {
    rounds = List.copyOf(rounds);
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
    return new Configuration("cumulative");
  }

  @Override
  public List<String> inputs() {
    return rounds;
  }

  @Override
  public long compute(StageWork work) {
    Table<Sample> table = Table.of(Sample.class);
    work.job(
        name(),
        pipeline -> {
          List<PCollection<Sample>> read =
              rounds.stream()
                  .map(
                      round ->
                          pipeline.apply(
                              "Read-" + round, ReadTable.from(table, work.input(round, ""))))
                  .collect(Collectors.toList());
          PCollectionList.of(read)
              .apply("Unite", Flatten.pCollections())
              .apply("Write", WriteTable.to(table, work.output("")));
        });
    return rounds.stream().mapToLong(round -> work.rows(round, "")).sum();
  }
}
