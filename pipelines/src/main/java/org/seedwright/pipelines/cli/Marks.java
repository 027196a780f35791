package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seedwright.analysis.Tables;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** Says which rows of a data set no model wrote. */
final class Marks {
  private Marks() {}

  /** Returns a line, or nothing if a model wrote every row. */
  static Optional<String> of(StageOutcome dataset) throws IOException {
    var counts = new EnumMap<Mark, Integer>(Mark.class);
    var folder = new TableFolder(dataset.folder(), "", new Shards(dataset.manifest().shards()));
    for (int shard : folder.shards().numbers()) {
      try (var rows = folder.open(Table.of(Sample.class), shard)) {
        while (rows.hasNext()) {
          counts.merge(rows.next().mark(), 1, Integer::sum);
        }
      }
    }
    return line(counts);
  }

  /**
   * Returns the same of a table that has a column {@code mark}, counted without its other columns.
   */
  static Optional<String> of(List<Path> parts) {
    var counts = new EnumMap<Mark, Integer>(Mark.class);
    if (!parts.isEmpty()) {
      try (var tables = Tables.open()) {
        Map<Optional<String>, Long> marked =
            tables.countBy(new org.seedwright.analysis.TableFolder(parts), "mark");
        for (Mark mark : Mark.values()) {
          Long rows = marked.get(Optional.of(CanonicalJson.kebabCase(mark)));
          if (rows != null) {
            counts.put(mark, Math.toIntExact(rows));
          }
        }
      }
    }
    return line(counts);
  }

  private static Optional<String> line(Map<Mark, Integer> counts) {
    counts.remove(Mark.TEACHER);
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "NOT A MODEL'S WORK: "
            + counts.entrySet().stream().map(Marks::said).collect(Collectors.joining(", ")));
  }

  private static String said(Map.Entry<Mark, Integer> count) {
    return switch (count.getKey()) {
      case TEACHER -> "";
      case SIMULATED -> "%d rows by the simulated teacher".formatted(count.getValue());
      case DEMONSTRATION ->
          "%d rows from replies recorded for a demonstration".formatted(count.getValue());
    };
  }
}
