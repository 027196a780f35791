package org.seedwright.pipelines.stage;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Samples looked at one after the other in the order of the digests of (seed, purpose, id), so that
 * who stays depends neither on the order of the rows nor on how they are spread. One worker looks
 * at all of them and holds none.
 */
final class ChosenSamples {
  /** Says of each sample, in their order, why it leaves: nothing for one that stays. */
  interface Choice {
    Optional<String> leaves(Sample sample);
  }

  /** Makes a choice that has seen nothing yet. */
  @FunctionalInterface
  interface Choosing extends Serializable {
    Choice begin();
  }

  private ChosenSamples() {}

  /** A row and whether it stays: one of the two is there. */
  record Chosen(String id, Optional<Sample> sample, Optional<NotSelected> notSelected) {}

  /** Writes the samples that stay to the main table, and the others to that of the not selected. */
  static void write(
      StageWork work, PCollection<Sample> rows, long seed, String purpose, Choosing choosing) {
    Table<Sample> samples = Table.of(Sample.class);
    PCollection<Chosen> fates =
        rows.apply(
                "Choose",
                SortShards.of(
                    samples,
                    new Shards(1),
                    Sample::id,
                    sample -> Draw.of(seed, purpose, sample.id()).digest(),
                    (int shard, Iterator<Sample> sorted, DoFn.OutputReceiver<Chosen> out) ->
                        choose(choosing.begin(), sorted, out)))
            .setCoder(Table.of(Chosen.class).coder());
    work.write("", samples, fates.apply("Kept", ParDo.of(new Kept())));
    work.write(
        NotSelected.TABLE,
        Table.of(NotSelected.class),
        fates.apply("NotSelected", ParDo.of(new Left())));
  }

  private static void choose(
      Choice choice, Iterator<Sample> sorted, DoFn.OutputReceiver<Chosen> out) {
    while (sorted.hasNext()) {
      Sample sample = sorted.next();
      Optional<NotSelected> left =
          choice
              .leaves(sample)
              .map(
                  why ->
                      new NotSelected(
                          sample.id(), sample.parentId().orElse(sample.rootSeedId()), why));
      out.output(
          new Chosen(sample.id(), left.isPresent() ? Optional.empty() : Optional.of(sample), left));
    }
  }

  private static final class Kept extends DoFn<Chosen, Sample> {
    @ProcessElement
    public void keep(@Element Chosen chosen, OutputReceiver<Sample> out) {
      chosen.sample().ifPresent(out::output);
    }
  }

  private static final class Left extends DoFn<Chosen, NotSelected> {
    @ProcessElement
    public void leave(@Element Chosen chosen, OutputReceiver<NotSelected> out) {
      chosen.notSelected().ifPresent(out::output);
    }
  }
}
