package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.seed.DegenerateSnippets;
import org.seedwright.evolve.seed.RandomLines;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.evolve.seed.SpdxExpression;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;

/**
 * Draws seed snippets from source files as OSS-Instruct does (Magicoder, section 2.1), rejects
 * degenerate ones and keeps as many as asked for: those with the smallest digests of run seed,
 * document id and ordinal, so that neither order nor runner matters. All candidates of a language
 * (without a count by language: all) come to one worker for that, which sorts them outside its
 * heap.
 *
 * <pre>{@code
 * ExtractSeeds.Outputs drawn =
 *     files.apply("ExtractSeeds", ExtractSeeds.with(new RandomLines(976, 1, 15)).withCount(1000));
 * PCollection<SeedSnippet> seeds = drawn.seeds();
 * }</pre>
 *
 * <p>{@link org.seedwright.evolve.seed.SourceGate#read} makes the files' rows out of bytes.
 */
public final class ExtractSeeds extends PTransform<PCollection<SourceFile>, ExtractSeeds.Outputs> {
  /** What became of every draw: each is in one of the three. */
  public static final class Outputs extends NamedOutputs {
    private final PCollection<SeedSnippet> seeds;
    private final PCollection<Rejection> rejected;
    private final PCollection<NotSelected> notSelected;

    private Outputs(
        PCollection<SeedSnippet> seeds,
        PCollection<Rejection> rejected,
        PCollection<NotSelected> notSelected) {
      super(Map.of(SEEDS, seeds, DEGENERATE, rejected, NOT_SELECTED, notSelected));
      this.seeds = seeds;
      this.rejected = rejected;
      this.notSelected = notSelected;
    }

    /** The seeds. */
    public PCollection<SeedSnippet> seeds() {
      return seeds;
    }

    /** Degenerate snippets, and those of files whose licence is not among those asked for. */
    public PCollection<Rejection> rejected() {
      return rejected;
    }

    /** Snippets beyond the count. */
    public PCollection<NotSelected> notSelected() {
      return notSelected;
    }
  }

  private static final TupleTag<SeedSnippet> SEEDS = new TupleTag<>() {};
  private static final TupleTag<NotSelected> NOT_SELECTED = new TupleTag<>() {};
  private static final TupleTag<SeedSnippet> CANDIDATES = new TupleTag<>() {};
  private static final TupleTag<Rejection> DEGENERATE = new TupleTag<>() {};

  private final RandomLines extractor;
  private final int perFile;
  private final boolean rejectDegenerate;
  private final Count count;
  private final List<String> licenses;
  private final Shards shards;

  /**
   * How many seeds are kept.
   *
   * @param total at most this many of all languages; null without such a limit
   * @param byLanguage at most this many of each language, none of a language that is not named;
   *     empty without such limits
   */
  private record Count(Integer total, TreeMap<String, Integer> byLanguage) implements Serializable {
    /** The set that a language competes in. */
    String group(String language) {
      return byLanguage.isEmpty() ? "" : language;
    }

    long of(String group) {
      if (byLanguage.isEmpty()) {
        return total == null ? Long.MAX_VALUE : total;
      }
      return byLanguage.getOrDefault(group, 0);
    }
  }

  private ExtractSeeds(
      RandomLines extractor,
      int perFile,
      boolean rejectDegenerate,
      Count count,
      List<String> licenses,
      Shards shards) {
    this.extractor = extractor;
    this.licenses = licenses;
    this.perFile = perFile;
    this.rejectDegenerate = rejectDegenerate;
    this.count = count;
    this.shards = shards;
  }

  /** Draws one snippet from each file and keeps every one that is not degenerate. */
  public static ExtractSeeds with(RandomLines extractor) {
    return new ExtractSeeds(
        extractor,
        1,
        true,
        new Count(null, new TreeMap<>()),
        List.of(),
        new Shards(Shards.DEFAULT_COUNT));
  }

  /** Draws so many snippets from each file, at least 1; default 1, as the paper. */
  public ExtractSeeds withPerFile(int snippets) {
    if (snippets < 1) {
      throw new IllegalArgumentException(
          "per-file must be at least 1, but was %d".formatted(snippets));
    }
    return new ExtractSeeds(extractor, snippets, rejectDegenerate, count, licenses, shards);
  }

  /** Keeps degenerate snippets too, as the paper did. */
  public ExtractSeeds keepingDegenerate() {
    return new ExtractSeeds(extractor, perFile, false, count, licenses, shards);
  }

  /** Keeps at most so many seeds in all, at least 1; default: every one. */
  public ExtractSeeds withCount(int seeds) {
    if (seeds < 1) {
      throw new IllegalArgumentException("count must be at least 1, but was %d".formatted(seeds));
    }
    return with(new Count(seeds, count.byLanguage));
  }

  /**
   * Keeps at most so many seeds of each language that is named, and none of any other; default:
   * every one.
   *
   * @param seeds by the ids of {@link org.seedwright.evolve.seed.Languages#known()}; empty for no
   *     limit
   */
  public ExtractSeeds withCountByLanguage(Map<String, Integer> seeds) {
    return with(new Count(count.total, new TreeMap<>(seeds)));
  }

  private ExtractSeeds with(Count limits) {
    if (limits.total != null && !limits.byLanguage.isEmpty()) {
      throw new IllegalArgumentException(
          "count must be a number or numbers by language, but was %d and %s"
              .formatted(limits.total, limits.byLanguage));
    }
    return new ExtractSeeds(extractor, perFile, rejectDegenerate, limits, licenses, shards);
  }

  /**
   * Takes snippets only of files whose licence can be met with these alone; default: of every file,
   * whether its licence is known or not.
   *
   * @param spdx ids, such as {@link org.seedwright.evolve.seed.PermissiveLicenses#ids()}; empty for
   *     no limit
   */
  public ExtractSeeds withLicenses(List<String> spdx) {
    return new ExtractSeeds(extractor, perFile, rejectDegenerate, count, List.copyOf(spdx), shards);
  }

  /** Sorts in so many groups; default 16; changes no row. */
  public ExtractSeeds withShards(Shards groups) {
    return new ExtractSeeds(extractor, perFile, rejectDegenerate, count, licenses, groups);
  }

  private record Candidate(String id, String group, String digest, SeedSnippet seed) {}

  private record Choice(String id, boolean kept, long place, SeedSnippet seed) {}

  @Override
  public Outputs expand(PCollection<SourceFile> files) {
    PCollectionTuple drawn =
        files.apply(
            "Draw",
            ParDo.of(new DrawSnippets(extractor, perFile, rejectDegenerate, licenses))
                .withOutputTags(CANDIDATES, TupleTagList.of(DEGENERATE)));
    Count limits = count;
    long seed = extractor.runSeed();
    PCollectionTuple chosen =
        drawn
            .get(CANDIDATES)
            .setCoder(Table.of(SeedSnippet.class).coder())
            .apply("Order", ParDo.of(new OrderByDigest(limits, seed)))
            .setCoder(Table.of(Candidate.class).coder())
            .apply(
                "SmallestDigests",
                SortShards.of(
                    Table.of(Candidate.class),
                    shards,
                    Candidate::group,
                    candidate -> candidate.group + " " + candidate.digest,
                    (int shard, Iterator<Candidate> sorted, DoFn.OutputReceiver<Choice> out) ->
                        choose(limits, sorted, out)))
            .setCoder(Table.of(Choice.class).coder())
            .apply(
                "Split",
                ParDo.of(new Split()).withOutputTags(SEEDS, TupleTagList.of(NOT_SELECTED)));
    return new Outputs(
        chosen.get(SEEDS).setCoder(Table.of(SeedSnippet.class).coder()),
        drawn.get(DEGENERATE).setCoder(Table.of(Rejection.class).coder()),
        chosen.get(NOT_SELECTED).setCoder(Table.of(NotSelected.class).coder()));
  }

  private static void choose(
      Count limits, Iterator<Candidate> sorted, DoFn.OutputReceiver<Choice> out)
      throws IOException {
    String group = null;
    long place = 0;
    while (sorted.hasNext()) {
      Candidate candidate = sorted.next();
      place = candidate.group.equals(group) ? place + 1 : 1;
      group = candidate.group;
      out.output(new Choice(candidate.id, place <= limits.of(group), place, candidate.seed));
    }
  }

  private static final class DrawSnippets extends DoFn<SourceFile, SeedSnippet> {
    private final RandomLines extractor;
    private final int perFile;
    private final boolean rejectDegenerate;
    private final List<String> licenses;

    DrawSnippets(
        RandomLines extractor, int perFile, boolean rejectDegenerate, List<String> licenses) {
      this.licenses = licenses;
      this.extractor = extractor;
      this.perFile = perFile;
      this.rejectDegenerate = rejectDegenerate;
    }

    @ProcessElement
    public void draw(@Element SourceFile file, MultiOutputReceiver out) {
      Optional<Parsed.Rejected<SeedSnippet>> unlicensed = unlicensed(file);
      DegenerateSnippets degenerates = DegenerateSnippets.in(file);
      for (int ordinal = 0; ordinal < perFile; ordinal++) {
        SeedSnippet seed = extractor.extract(file, ordinal);
        Optional<Parsed.Rejected<SeedSnippet>> degenerate =
            unlicensed.or(() -> rejectDegenerate ? degenerates.check(seed) : Optional.empty());
        if (degenerate.isEmpty()) {
          out.get(CANDIDATES).output(seed);
        } else {
          out.get(DEGENERATE)
              .output(
                  Rejection.ofSeed(
                      seed,
                      seed.id(),
                      "draw",
                      degenerate.get().reason().id(),
                      degenerate.get().evidence()));
        }
      }
    }

    private Optional<Parsed.Rejected<SeedSnippet>> unlicensed(SourceFile file) {
      if (licenses.isEmpty()) {
        return Optional.empty();
      }
      if (file.license().isEmpty()) {
        return Optional.of(
            new Parsed.Rejected<>(Reason.LICENSE_NOT_ALLOWED, "no licence of its file is known"));
      }
      return SpdxExpression.allowedBy(licenses, file.license().get())
          ? Optional.empty()
          : Optional.of(
              new Parsed.Rejected<>(
                  Reason.LICENSE_NOT_ALLOWED,
                  "the licence of its file is %s".formatted(file.license().get())));
    }
  }

  private static final class OrderByDigest extends DoFn<SeedSnippet, Candidate> {
    private final Count count;
    private final long runSeed;

    OrderByDigest(Count count, long runSeed) {
      this.count = count;
      this.runSeed = runSeed;
    }

    @ProcessElement
    public void order(@Element SeedSnippet seed, OutputReceiver<Candidate> out) {
      String digest =
          Draw.of(runSeed, "seed-count", seed.documentId(), Integer.toString(seed.ordinal()))
              .digest();
      out.output(new Candidate(seed.id(), count.group(seed.language()), digest, seed));
    }
  }

  private static final class Split extends DoFn<Choice, SeedSnippet> {
    @ProcessElement
    public void split(@Element Choice choice, MultiOutputReceiver out) {
      if (choice.kept) {
        out.get(SEEDS).output(choice.seed);
      } else {
        out.get(NOT_SELECTED)
            .output(
                new NotSelected(
                    choice.id,
                    choice.seed.documentId(),
                    "place %d by digest; the count ends before it".formatted(choice.place)));
      }
    }
  }
}
