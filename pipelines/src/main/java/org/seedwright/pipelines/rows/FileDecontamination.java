package org.seedwright.pipelines.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seedwright.decontaminate.Reason;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.benchmark.Overlap;

/**
 * Takes the rows out of files that hold a benchmark's text. The files are read twice: once to
 * search, once to write each row to {@code kept/} or {@code rejected/}, in the order of the files;
 * {@code hits/} has every text found, with its span. The heap holds 40 bytes a row, and the hits.
 *
 * @param columns searched columns; of none all columns of text are
 * @param search what is searched for
 * @param id the column that names rows, if one does
 * @param threads 1 or more
 */
public record FileDecontamination(
    List<String> columns, BenchmarkSearch search, Optional<String> id, int threads) {
  /**
   * What came of it.
   *
   * @param hits how many by benchmark
   * @param rowsByTest how many rows each test hit
   */
  public record Outcome(
      long in, long kept, long rejected, Map<String, Long> hits, Map<String, Long> rowsByTest) {}

  private record Searched(RowIds.Key key, List<Overlap> overlaps) {}

  public FileDecontamination {
    columns = List.copyOf(columns);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more, but was " + threads);
    }
  }

  /**
   * Reads files and writes {@code kept/}, {@code rejected/} and {@code hits/} in a folder that is
   * new or empty.
   *
   * @throws RowFileException if a file cannot be read, or no row has one of the columns
   */
  public Outcome run(RowFiles files, Path out) throws IOException, InterruptedException {
    try (var folder = OutFolder.begin(out)) {
      var ids = new RowIds(id);
      Map<Integer, List<Overlap>> found = new TreeMap<>();
      files.each(
          threads,
          () -> this::searched,
          row -> {
            if (!row.overlaps().isEmpty()) {
              found.put(ids.count(), row.overlaps());
            }
            ids.add(row.key());
          });
      files.schema().checkHas(columns);
      write(files, folder, ids, found);
      writeHits(folder, ids, found);
      folder.complete(List.of("kept", "rejected", "hits"));
      return outcome(ids.count(), found);
    }
  }

  private Searched searched(Row row) {
    List<Overlap> overlaps = new ArrayList<>();
    for (String column : columns.isEmpty() ? row.values().keySet() : columns) {
      if (!columns.isEmpty() || !(row.values().get(column) instanceof Number)) {
        row.text(column).ifPresent(text -> overlaps.addAll(search.find(column, text)));
      }
    }
    return new Searched(RowIds.key(row, id), overlaps);
  }

  private void write(
      RowFiles files, OutFolder folder, RowIds ids, Map<Integer, List<Overlap>> found)
      throws IOException, InterruptedException {
    RowSchema plain = files.schema().plusId(id);
    RowSchema reasoned = plain.plusText(FileDeduplication.REASON).plusText("seedwright_evidence");
    try (var stay = new RowParts(folder.hidden().resolve("kept"), plain);
        var leave = new RowParts(folder.hidden().resolve("rejected"), reasoned)) {
      files.eachAgain(
          threads,
          ids.count(),
          (at, row) -> {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put(FileDeduplication.ID, ids.id(at));
            List<Overlap> overlaps = found.get(at);
            if (overlaps == null) {
              stay.write(stay.record(row, more));
            } else {
              more.put(FileDeduplication.REASON, Reason.CONTAMINATED.id());
              more.put("seedwright_evidence", overlaps.get(0).evidence(overlaps.size()));
              leave.write(leave.record(row, more));
            }
          });
    }
  }

  private static void writeHits(OutFolder folder, RowIds ids, Map<Integer, List<Overlap>> found)
      throws IOException {
    RowSchema schema =
        RowSchema.NONE
            .plusText(FileDeduplication.ID)
            .plusText("benchmark")
            .plusText("task_id")
            .plusText("part")
            .plusText("test")
            .plusText("column")
            .plusWhole("start")
            .plusWhole("end")
            .plusNumber("coverage");
    try (var hits = new RowParts(folder.hidden().resolve("hits"), schema)) {
      for (Map.Entry<Integer, List<Overlap>> row : found.entrySet()) {
        for (Overlap overlap : row.getValue()) {
          Map<String, Object> hit = new LinkedHashMap<>();
          hit.put(FileDeduplication.ID, ids.id(row.getKey()));
          hit.put("benchmark", overlap.benchmark());
          hit.put("task_id", overlap.taskId());
          hit.put("part", overlap.part());
          hit.put("test", overlap.test());
          hit.put("column", overlap.column());
          hit.put("start", (long) overlap.start());
          hit.put("end", (long) overlap.end());
          hit.put("coverage", overlap.coverage());
          hits.write(hits.record(new Row("", Map.of(), new byte[0]), hit));
        }
      }
    }
  }

  private static Outcome outcome(long in, Map<Integer, List<Overlap>> found) {
    Map<String, Long> hits = new TreeMap<>();
    Map<String, Long> rows = new TreeMap<>();
    for (List<Overlap> overlaps : found.values()) {
      overlaps.forEach(overlap -> hits.merge(overlap.benchmark(), 1L, Long::sum));
      overlaps.stream()
          .map(Overlap::test)
          .distinct()
          .forEach(test -> rows.merge(test, 1L, Long::sum));
    }
    return new Outcome(in, in - found.size(), found.size(), hits, rows);
  }
}
