package org.seedwright.pipelines.stage;

import java.util.Iterator;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.table.Table;

/**
 * Brings samples together with the code of the seed snippets at their roots. A sample that goes
 * back to none, as one that was imported, comes without.
 */
final class JoinSeeds extends PTransform<PCollection<Sample>, PCollection<ComparedSample>> {
  private static final TupleTag<Sample> SAMPLES = new TupleTag<>() {};
  private static final TupleTag<String> SEEDS = new TupleTag<>() {};

  private final PCollectionList<SeedSnippet> seeds;

  /**
   * @param seeds in one or more tables; one that is in several has the same code in all
   */
  JoinSeeds(PCollectionList<SeedSnippet> seeds) {
    this.seeds = seeds;
  }

  @Override
  public PCollection<ComparedSample> expand(PCollection<Sample> samples) {
    PCollection<KV<String, Sample>> byRoot =
        samples
            .apply("ByRoot", ParDo.of(new ByRoot()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), Table.of(Sample.class).coder()));
    PCollection<KV<String, String>> codes =
        seeds
            .apply("EverySeed", Flatten.pCollections())
            // Of no table nothing would tell it.
            .setCoder(Table.of(SeedSnippet.class).coder())
            .apply("Codes", ParDo.of(new Codes()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
    return KeyedPCollectionTuple.of(SEEDS, codes)
        .and(SAMPLES, byRoot)
        .apply("GroupBySeed", CoGroupByKey.create())
        .apply("Join", ParDo.of(new Join()))
        .setCoder(Table.of(ComparedSample.class).coder());
  }

  private static final class ByRoot extends DoFn<Sample, KV<String, Sample>> {
    @ProcessElement
    public void key(@Element Sample sample, OutputReceiver<KV<String, Sample>> out) {
      out.output(KV.of(sample.rootSeedId(), sample));
    }
  }

  private static final class Codes extends DoFn<SeedSnippet, KV<String, String>> {
    @ProcessElement
    public void key(@Element SeedSnippet seed, OutputReceiver<KV<String, String>> out) {
      out.output(KV.of(seed.id(), seed.code()));
    }
  }

  private static final class Join extends DoFn<KV<String, CoGbkResult>, ComparedSample> {
    @ProcessElement
    public void join(@Element KV<String, CoGbkResult> seed, OutputReceiver<ComparedSample> out) {
      Iterator<String> code = seed.getValue().getAll(SEEDS).iterator();
      Optional<String> text = code.hasNext() ? Optional.of(code.next()) : Optional.empty();
      for (Sample sample : seed.getValue().getAll(SAMPLES)) {
        out.output(ComparedSample.of(sample, text));
      }
    }
  }
}
