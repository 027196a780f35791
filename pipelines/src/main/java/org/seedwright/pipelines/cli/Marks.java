package org.seedwright.pipelines.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.analysis.Tables;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * Who wrote the rows of a data set.
 *
 * @param counts rows by what they are marked as; a mark without rows is absent
 */
record Marks(Map<Mark, Long> counts) {
  private static final String SAYS = "NOT A MODEL'S WORK: ";

  Marks {
    var copy = new EnumMap<Mark, Long>(Mark.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  static Marks of(StageOutcome dataset) throws IOException {
    var counts = new EnumMap<Mark, Long>(Mark.class);
    var folder = new TableFolder(dataset.folder(), "", new Shards(dataset.manifest().shards()));
    for (int shard : folder.shards().numbers()) {
      try (var rows = folder.open(Table.of(Sample.class), shard)) {
        while (rows.hasNext()) {
          counts.merge(rows.next().mark(), 1L, Long::sum);
        }
      }
    }
    return new Marks(counts);
  }

  /**
   * Returns the same of a table that has a column {@code mark}, counted without its other columns.
   */
  static Marks of(List<Path> parts) {
    var counts = new EnumMap<Mark, Long>(Mark.class);
    if (!parts.isEmpty()) {
      try (var tables = Tables.open()) {
        Map<Optional<String>, Long> marked =
            tables.countBy(new org.seedwright.analysis.TableFolder(parts), "mark");
        for (Mark mark : Mark.values()) {
          Long rows = marked.get(Optional.of(CanonicalJson.kebabCase(mark)));
          if (rows != null) {
            counts.put(mark, rows);
          }
        }
      }
    }
    return new Marks(counts);
  }

  /** Returns how many rows no model wrote. */
  long notByModel() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey() != Mark.TEACHER)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Returns a line, or nothing if a model wrote every row. */
  Optional<String> line() {
    if (notByModel() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        counts.entrySet().stream()
            .filter(count -> count.getKey() != Mark.TEACHER)
            .map(count -> "%d rows %s".formatted(count.getValue(), origin(count.getKey())))
            .collect(joining(", ", SAYS, "")));
  }

  /**
   * Returns a line on the cells of an ablation, or nothing if a model wrote every row of each.
   *
   * @param cells by their names, in the grid's order
   */
  static Optional<String> line(Map<String, Marks> cells) {
    List<String> said =
        Arrays.stream(Mark.values())
            .filter(mark -> mark != Mark.TEACHER)
            .flatMap(mark -> said(mark, cells).stream())
            .toList();
    return said.isEmpty() ? Optional.empty() : Optional.of(SAYS + String.join("; ", said));
  }

  private static Optional<String> said(Mark mark, Map<String, Marks> cells) {
    var names = new ArrayList<String>();
    boolean isEveryRow = true;
    for (Map.Entry<String, Marks> cell : cells.entrySet()) {
      if (cell.getValue().counts().containsKey(mark)) {
        names.add(cell.getKey());
        isEveryRow &= cell.getValue().counts().size() == 1;
      }
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String where = Cells.said(names, cells.size());
    return Optional.of(
        "%s of %s %s"
            .formatted(
                isEveryRow ? "every row" : "rows",
                names.size() == cells.size() ? where + " cells" : "cells " + where,
                origin(mark)));
  }

  private static String origin(Mark mark) {
    return switch (mark) {
      case TEACHER -> "by a teacher";
      case SIMULATED -> "by the simulated teacher";
      case DEMONSTRATION -> "from replies recorded for a demonstration";
    };
  }
}
