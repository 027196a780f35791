package org.seedwright.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /**
   * Returns the rows of several answers to one query, each behind the name of its answer.
   *
   * @param column what the first column, that of the names, is called
   * @param answers by their names, one at least, in the order of the rows
   * @throws IllegalArgumentException if their columns differ or there is none
   */
  public static Answer united(String column, Map<String, Answer> answers) {
    List<List<String>> heads = answers.values().stream().map(Answer::columns).distinct().toList();
    if (heads.size() != 1) {
      throw new IllegalArgumentException("the answers have the columns %s".formatted(heads));
    }
    var columns = new ArrayList<>(List.of(column));
    columns.addAll(heads.get(0));
    var rows = new ArrayList<List<Cell>>();
    answers.forEach(
        (name, answer) -> {
          for (List<Cell> row : answer.rows()) {
            var named = new ArrayList<Cell>(List.of(new Cell.Word(name)));
            named.addAll(row);
            rows.add(named);
          }
        });
    return new Answer(columns, rows);
  }
}
