package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.instruct.SelfInstruct;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Table;

/**
 * Draws the seed tasks that each request of Self-Instruct shows (arXiv 2212.10560, section 2.2).
 * All come from the seeds, as in Code Alpaca, and none from earlier replies, so that no request
 * waits for another.
 *
 * @param runSeed the experiment's seed
 * @param requests how many, 1 or more
 * @param examples tasks shown by each
 * @param tasks the instructions of the seed tasks, in the order of their file
 */
public record DrawExamples(long runSeed, int requests, int examples, List<String> tasks)
    implements Stage {
  /** The stage's name. */
  public static final String NAME = "examples";

  private record Configuration(long seed, int requests, int examples, String tasksDigest) {}

  public DrawExamples {
    tasks = List.copyOf(tasks);
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
    return new Configuration(runSeed, requests, examples, CanonicalJson.digest(tasks));
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) {
    Table<ExampleSet> table = Table.of(ExampleSet.class);
    String parent = CanonicalJson.digest(tasks);
    long seed = runSeed;
    int shown = examples;
    // A list that Java can serialise whichever kind it is.
    var all = new java.util.ArrayList<>(tasks);
    SerializableFunction<Integer, ExampleSet> draw =
        number ->
            new ExampleSet(
                Identity.row("examples", parent, 0, "", number),
                number,
                SelfInstruct.examples(seed, number, shown, all));
    work.job(
        name(),
        pipeline ->
            work.write(
                "",
                table,
                pipeline
                    .apply(
                        "Numbers",
                        Create.of(IntStream.range(0, requests).boxed().toList())
                            .withCoder(VarIntCoder.of()))
                    .apply("Draw", MapElements.into(TypeDescriptor.of(ExampleSet.class)).via(draw))
                    .setCoder(table.coder())));
    return requests;
  }
}
