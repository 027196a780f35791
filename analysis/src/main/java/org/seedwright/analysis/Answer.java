package org.seedwright.analysis;

import java.util.List;

/**
 * What a query found.
 *
 * @param columns names, in snake_case
 * @param rows each with one cell for each column
 */
public record Answer(List<String> columns, List<List<Cell>> rows) {
  public Answer {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Cell> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("%s has not the columns %s".formatted(row, columns));
      }
    }
  }
}
