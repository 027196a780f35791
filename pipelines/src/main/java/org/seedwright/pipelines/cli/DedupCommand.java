package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.near.Bands;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Shingles;
import org.seedwright.pipelines.rows.FileDeduplication;
import org.seedwright.pipelines.rows.Keep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dedup}: files without their duplicates. */
@Command(
    name = "dedup",
    description = {
      "Takes duplicates out of JSONL or Parquet files. Near-duplicates are found by MinHash and"
          + " decided by the exact Jaccard similarity of their runs of words; clusters are"
          + " connected components, of each of which one row stays.",
      "Writes Parquet: kept/ with all columns and seedwright_id, and rejected/ with"
          + " seedwright_reason and seedwright_duplicate_of too. Which rows stay does not depend on"
          + " the order of rows or files. See docs/near-duplicates.md."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright dedup train.jsonl.gz --columns instruction,output --out clean",
      "  ./seedwright dedup part-*.parquet --columns content --threshold 0.8 --out clean --json",
      "  ./seedwright dedup train.jsonl --columns text --method exact --keep highest:score \\",
      "    --id url --out clean"
    })
final class DedupCommand implements Callable<Integer> {

  /** How duplicates are found. */
  enum Method {
    /** By MinHash. */
    MINHASH,
    /** By equal text after normalisation. */
    EXACT
  }

  @Option(
      names = "--columns",
      required = true,
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns that are compared, as in instruction,output.")
  private List<String> columns;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where kept/ and rejected/ are written; new or empty.")
  private Path out;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "minhash, or exact: equal columns after normalisation. Default: ${DEFAULT-VALUE}.",
      defaultValue = "minhash")
  private Method method;

  @Option(
      names = "--threshold",
      paramLabel = "J",
      description =
          "Jaccard similarity from which two rows are duplicates, above 0 and at most 1. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "" + NearSettings.DEFAULT_THRESHOLD)
  private double threshold;

  @Option(
      names = "--words",
      paramLabel = "N",
      description = "Words of a run, 1 to 64. Default: ${DEFAULT-VALUE}.",
      defaultValue = "" + Shingles.DEFAULT_WORDS)
  private int words;

  @Option(
      names = "--permutations",
      paramLabel = "N",
      description =
          "Most permutations of a signature, 1 to 4096; bands are chosen for the threshold."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "" + Bands.DEFAULT_PERMUTATIONS)
  private int permutations;

  @Option(
      names = "--bands",
      paramLabel = "BxR",
      description = "Bands and rows of each, such as 36x7, instead of those that are chosen.")
  private String bands;

  @Option(
      names = "--keep",
      paramLabel = "RULE",
      description =
          "Which row of a cluster stays: longest, shortest, any, highest:COLUMN or lowest:COLUMN;"
              + " of equal ones that whose id has the smallest SHA-256. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "longest")
  private String keep;

  @Mixin private RowFileOptions rows;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    var deduplication = deduplication();
    FileDeduplication.Outcome outcome = deduplication.run(rows.files(), out);
    double seconds = (System.nanoTime() - start) / 1e9;
    output.object(json(deduplication, outcome, seconds));
    say(deduplication, outcome, seconds);
    return ExitCode.DONE;
  }

  private FileDeduplication deduplication() {
    try {
      Optional<NearSettings> near =
          method == Method.EXACT
              ? Optional.empty()
              : Optional.of(new NearSettings(threshold, words, chosenBands()));
      int workers = rows.threads();
      return new FileDeduplication(columns, near, Keep.parse(keep), rows.id(), workers);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
  }

  private Bands chosenBands() {
    if (bands == null) {
      return Bands.forThreshold(threshold, permutations);
    }
    if (!bands.matches("[1-9][0-9]{0,3}x[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "--bands must be bands x rows, such as 36x7, but was '%s'".formatted(bands));
    }
    String[] parts = bands.split("x", -1);
    return new Bands(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private Map<String, Object> json(
      FileDeduplication work, FileDeduplication.Outcome outcome, double seconds) {
    var json = new LinkedHashMap<String, Object>();
    json.put("in", outcome.in());
    json.put("kept", outcome.kept());
    json.put("rejected", Map.of(reason(work).id(), outcome.rejected()));
    var clusters = new LinkedHashMap<String, Object>();
    clusters.put("count", outcome.clusters());
    clusters.put("largest", outcome.largest());
    json.put("clusters", clusters);
    json.put("method", method.name().toLowerCase(Locale.ROOT));
    json.put("keep", work.keep().toString());
    work.near().ifPresent(near -> json.put("minhash", NearCurve.json(near)));
    json.put("seconds", seconds);
    json.put("path", out.toString());
    return json;
  }

  private static Reason reason(FileDeduplication work) {
    return work.near().isPresent() ? Reason.NEAR_DUPLICATE : Reason.DUPLICATE;
  }

  private void say(FileDeduplication work, FileDeduplication.Outcome outcome, double seconds) {
    work.near().ifPresent(near -> NearCurve.lines(near).forEach(output::text));
    output.text(
        "%d rows: %d kept, %d rejected (%s); %d clusters, the largest of %d rows; %.1f s"
            .formatted(
                outcome.in(),
                outcome.kept(),
                outcome.rejected(),
                reason(work).id(),
                outcome.clusters(),
                outcome.largest(),
                seconds));
    output.text("kept      " + TerminalText.line(out.resolve("kept").toString()));
    output.text("rejected  " + TerminalText.line(out.resolve("rejected").toString()));
  }
}
