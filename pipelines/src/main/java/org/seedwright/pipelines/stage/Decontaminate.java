package org.seedwright.pipelines.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.ExactIndex;
import org.seedwright.decontaminate.benchmark.Overlap;
import org.seedwright.evolve.instruct.Sample;

/**
 * Takes out every sample whose instruction or response holds a benchmark's text, and says where.
 * The index travels to each worker and is held there: some hundred bytes a benchmark text.
 */
public final class Decontaminate extends PTransform<PCollection<Sample>, PCollectionTuple> {
  /** The samples that stay. */
  public static final TupleTag<Sample> CLEAN = new TupleTag<>() {};

  /** The others; the evidence names benchmark, task and span of the first hit. */
  public static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};

  /** Every hit. */
  public static final TupleTag<ContaminationHit> HITS = new TupleTag<>() {};

  private final BenchmarkSearch search;

  private Decontaminate(BenchmarkSearch search) {
    this.search = search;
  }

  /** Searches for whole copies of the texts of an index. */
  public static Decontaminate exact(ExactIndex index) {
    return by(new BenchmarkSearch(List.of(index)));
  }

  /** Searches by every test of a search; a sample that any of them hits leaves. */
  public static Decontaminate by(BenchmarkSearch search) {
    return new Decontaminate(search);
  }

  @Override
  public PCollectionTuple expand(PCollection<Sample> samples) {
    return samples.apply(
        "Search",
        ParDo.of(new Search(search)).withOutputTags(CLEAN, TupleTagList.of(REJECTED).and(HITS)));
  }

  private static final class Search extends DoFn<Sample, Sample> {
    private final BenchmarkSearch search;

    Search(BenchmarkSearch search) {
      this.search = search;
    }

    @ProcessElement
    public void read(@Element Sample sample, MultiOutputReceiver out) {
      List<Overlap> overlaps = new ArrayList<>(search.find("instruction", sample.instruction()));
      sample.response().ifPresent(text -> overlaps.addAll(search.find("response", text)));
      if (overlaps.isEmpty()) {
        out.get(CLEAN).output(sample);
        return;
      }
      for (int i = 0; i < overlaps.size(); i++) {
        out.get(HITS).output(ContaminationHit.of(sample.id(), i, overlaps.get(i)));
      }
      out.get(REJECTED)
          .output(
              Rejection.ofSample(
                  sample, Reason.CONTAMINATED.id(), overlaps.get(0).evidence(overlaps.size())));
    }
  }
}
