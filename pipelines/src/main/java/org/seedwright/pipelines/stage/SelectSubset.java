package org.seedwright.pipelines.stage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
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

  @Override
  public long compute(StageWork work) {
    // What cannot be serialised as an Optional: a round below 0 and a blank language are any.
    int only = round.orElse(-1);
    String of = language.orElse("");
    long most = rows.map(Integer::longValue).orElse(Long.MAX_VALUE);
    work.job(
        name(),
        pipeline ->
            ChosenSamples.write(
                work,
                pipeline.apply(
                    "Read", ReadTable.from(Table.of(Sample.class), work.input(FROM, ""))),
                runSeed,
                "subset",
                () -> new Part(only, of, most)));
    return work.rows(FROM, "");
  }

  /** What the subset takes. */
  private static final class Part implements ChosenSamples.Choice {
    private final int round;
    private final String language;
    private final long most;
    private long kept;

    Part(int round, String language, long most) {
      this.round = round;
      this.language = language;
      this.most = most;
    }

    @Override
    public Optional<String> leaves(Sample sample) {
      if (round >= 0 && sample.round() != round) {
        return Optional.of("its round is %d, not %d".formatted(sample.round(), round));
      }
      if (!language.isEmpty() && !sample.language().equals(language)) {
        return Optional.of("its language is %s, not %s".formatted(sample.language(), language));
      }
      if (kept >= most) {
        return Optional.of("%d rows of smaller digest are kept".formatted(kept));
      }
      kept++;
      return Optional.empty();
    }
  }
}
