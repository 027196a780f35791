package org.seedwright.pipelines.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.dedup.ExactKey;
import org.seedwright.decontaminate.near.Bands;
import org.seedwright.decontaminate.near.NearDuplicates;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Sketch;

/**
 * Takes duplicates out of files. The files are read twice: once for the sketches of their rows,
 * which are all that is held, and once to write each row to {@code kept/} or {@code rejected/}, in
 * the order of the files. Which rows are kept does not depend on that order.
 *
 * @param columns compared columns, at least one; a row may lack some, and one without any text is
 *     nobody's duplicate
 * @param near how near-duplicates are found; without it rows are duplicates where their columns are
 *     equal after normalisation
 * @param keep which row of a cluster stays
 * @param id the column that names rows, if one does
 * @param threads 1 or more
 */
public record FileDeduplication(
    List<String> columns,
    Optional<NearSettings> near,
    Keep keep,
    Optional<String> id,
    int threads) {
  /** The column of a row's id. */
  public static final String ID = "seedwright_id";

  /** The column of rejected rows that says why. */
  public static final String REASON = "seedwright_reason";

  /** The column of rejected rows with the id of the row that stays. */
  public static final String DUPLICATE_OF = "seedwright_duplicate_of";

  /** The column of rejected rows with the Jaccard similarity to the row that stays. */
  public static final String SIMILARITY = "seedwright_similarity";

  /**
   * What came of it.
   *
   * @param clusters with two or more rows
   * @param largest rows of the largest
   * @param compared pairs of sets compared in full; depends on threads
   */
  public record Outcome(
      long in, long kept, long rejected, long clusters, long largest, long compared) {}

  /** A row as the first reading leaves it. */
  private record Sketched(Sketch sketch, RowIds.Key key, double rank) {}

  public FileDeduplication {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("at least one column must be compared");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more, but was " + threads);
    }
  }

  /**
   * Reads files and writes {@code kept/} and {@code rejected/} in a folder that is new or empty.
   *
   * @throws RowFileException if a file cannot be read, or no row has any of the columns
   */
  public Outcome run(RowFiles files, Path out) throws IOException, InterruptedException {
    var settings = near.orElse(new NearSettings(1, 1, new Bands(1, 1)));
    try (var folder = OutFolder.begin(out);
        var index = new NearDuplicates(settings, folder.hidden())) {
      var ids = new RowIds(id);
      var ranks = new Ranks();
      files.each(
          threads,
          () -> worker(settings),
          row -> {
            index.add(row.sketch());
            ids.add(row.key());
            ranks.add(row.rank());
          });
      files.schema().checkHas(columns);
      int[] clusters = index.clusters(ids::compare, threads);
      int[] kept = representatives(clusters, ids, ranks);
      long rejected = write(files, folder, index, ids, kept);
      folder.complete(List.of("kept", "rejected"));
      return outcome(kept, rejected, index.compared());
    }
  }

  private Function<Row, Sketched> worker(NearSettings settings) {
    var maker = new Sketch.Maker(settings);
    return row -> {
      long characters = 0;
      Map<String, String> texts = new LinkedHashMap<>();
      for (String column : columns) {
        String text = row.text(column).orElse("");
        characters += text.length();
        if (row.values().get(column) != null) {
          texts.put(column, text);
        }
      }
      Sketch sketch = near.isPresent() ? maker.of(List.copyOf(texts.values())) : exact(texts);
      return new Sketched(sketch, RowIds.key(row, id), keep.rank(row, characters));
    };
  }

  /** A sketch that equals those of rows with equal keys and no other. */
  private static Sketch exact(Map<String, String> texts) {
    if (texts.isEmpty()) {
      return new Sketch(new long[0], 0, 0, new long[1]);
    }
    ByteBuffer key = ByteBuffer.wrap(HexFormat.of().parseHex(ExactKey.of(texts)));
    long high = key.getLong();
    return new Sketch(new long[] {high}, high, key.getLong(), new long[] {high});
  }

  /** For each row the one of its cluster that stays. */
  private static int[] representatives(int[] clusters, RowIds ids, Ranks ranks) {
    int[] best = new int[clusters.length];
    Arrays.fill(best, -1);
    for (int row = 0; row < clusters.length; row++) {
      int before = best[clusters[row]];
      if (before < 0
          || ranks.of(row) > ranks.of(before)
          || (ranks.of(row) == ranks.of(before) && ids.compare(row, before) < 0)) {
        best[clusters[row]] = row;
      }
    }
    int[] kept = new int[clusters.length];
    Arrays.setAll(kept, row -> best[clusters[row]]);
    return kept;
  }

  private long write(RowFiles files, OutFolder folder, NearDuplicates index, RowIds ids, int[] kept)
      throws IOException, InterruptedException {
    RowSchema plain = files.schema().plusId(id);
    RowSchema reasoned = plain.plusText(REASON).plusText(DUPLICATE_OF);
    if (near.isPresent()) {
      reasoned = reasoned.plusNumber(SIMILARITY);
    }
    try (var stay = new RowParts(folder.hidden().resolve("kept"), plain);
        var leave = new RowParts(folder.hidden().resolve("rejected"), reasoned)) {
      files.eachAgain(
          threads,
          kept.length,
          (at, row) -> {
            if (kept[at] == at) {
              stay.write(stay.record(row, Map.of(ID, ids.id(at))));
            } else {
              leave.write(leave.record(row, evidence(at, kept[at], index, ids)));
            }
          });
      return leave.rows();
    }
  }

  private Map<String, Object> evidence(int row, int kept, NearDuplicates index, RowIds ids) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put(ID, ids.id(row));
    more.put(REASON, (near.isPresent() ? Reason.NEAR_DUPLICATE : Reason.DUPLICATE).id());
    more.put(DUPLICATE_OF, ids.id(kept));
    if (near.isPresent()) {
      more.put(SIMILARITY, index.similarity(row, kept));
    }
    return more;
  }

  private static Outcome outcome(int[] kept, long rejected, long compared) {
    int[] sizes = new int[kept.length];
    long clusters = 0;
    long largest = 0;
    for (int one : kept) {
      sizes[one]++;
      clusters += sizes[one] == 2 ? 1 : 0;
      largest = Math.max(largest, sizes[one]);
    }
    return new Outcome(kept.length, kept.length - rejected, rejected, clusters, largest, compared);
  }

  /** The rank of each row. */
  private static final class Ranks {
    private double[] ranks = new double[1024];
    private int count;

    void add(double rank) {
      if (count == ranks.length) {
        ranks = Arrays.copyOf(ranks, count + (count >> 1));
      }
      ranks[count++] = rank;
    }

    double of(int row) {
      return ranks[row];
    }
  }
}
