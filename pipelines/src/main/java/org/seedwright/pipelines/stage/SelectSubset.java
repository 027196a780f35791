package org.seedwright.pipelines.stage;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Drops rows of a finished data set, so that a smaller one costs no call. Of the rows that fit,
 * those with the smallest digests of (seed, id) stay: a smaller count keeps a part of what a larger
 * one keeps, whatever the order of the rows.
 *
 * @param runSeed the experiment's seed
 * @param round rows of this round alone
 * @param language rows of this language alone
 * @param rows how many are kept at most
 */
public record SelectSubset(
    long runSeed, Optional<Integer> round, Optional<String> language, Optional<Integer> rows)
    implements Stage {
  private static final String FROM = "decontaminate";

  private record Configuration(
      long seed, Optional<Integer> round, Optional<String> language, Optional<Integer> rows) {}

  public SelectSubset {
    requireNonNull(round, "round is null");
    requireNonNull(language, "language is null");
    requireNonNull(rows, "rows is null");
  }

  @Override
  public String name() {
    return "subset";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(runSeed, round, language, rows);
  }

  @Override
  public List<String> inputs() {
    return List.of(FROM);
  }

  /** A row and whether it stays: one of the two is there. */
  record Chosen(String id, Optional<Sample> sample, Optional<NotSelected> notSelected) {}

  @Override
  public long compute(StageWork work) {
    Table<Sample> samples = Table.of(Sample.class);
    Table<Chosen> chosen = Table.of(Chosen.class);
    long seed = runSeed;
    // What cannot be serialised as an Optional: a round below 0 and a blank language are any.
    int only = round.orElse(-1);
    String of = language.orElse("");
    long most = rows.map(Integer::longValue).orElse(Long.MAX_VALUE);
    work.job(
        name(),
        pipeline -> {
          PCollection<Chosen> fates =
              pipeline
                  .apply("Read", ReadTable.from(samples, work.input(FROM, "")))
                  .apply(
                      "Choose",
                      SortShards.of(
                          samples,
                          new Shards(1),
                          Sample::id,
                          sample -> Draw.of(seed, "subset", sample.id()).digest(),
                          (int shard, Iterator<Sample> sorted, DoFn.OutputReceiver<Chosen> out) ->
                              choose(only, of, most, sorted, out)))
                  .setCoder(chosen.coder());
          work.write("", samples, fates.apply("Kept", ParDo.of(new Kept())));
          work.write(
              NotSelected.TABLE,
              Table.of(NotSelected.class),
              fates.apply("NotSelected", ParDo.of(new Left())));
        });
    return work.rows(FROM, "");
  }

  private static void choose(
      int round,
      String language,
      long most,
      Iterator<Sample> sorted,
      DoFn.OutputReceiver<Chosen> out) {
    long kept = 0;
    while (sorted.hasNext()) {
      Sample sample = sorted.next();
      String left =
          round >= 0 && sample.round() != round
              ? "its round is %d, not %d".formatted(sample.round(), round)
              : !language.isEmpty() && !sample.language().equals(language)
                  ? "its language is %s, not %s".formatted(sample.language(), language)
                  : kept >= most ? "%d rows of smaller digest are kept".formatted(kept) : "";
      if (left.isEmpty()) {
        kept++;
        out.output(new Chosen(sample.id(), Optional.of(sample), Optional.empty()));
      } else {
        out.output(
            new Chosen(
                sample.id(),
                Optional.empty(),
                Optional.of(
                    new NotSelected(
                        sample.id(), sample.parentId().orElse(sample.rootSeedId()), left))));
      }
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
