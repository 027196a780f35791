package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Columns of text in line; a column whose every cell is a number, or a dash for none, stands to the
 * right.
 */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the names of the columns. */
  static TextTable of(String... head) {
    var table = new TextTable();
    table.rows.add(List.of(head));
    return table;
  }

  /** Adds a row with as many cells as there are columns. */
  TextTable add(String... cells) {
    rows.add(java.util.Arrays.stream(cells).map(TerminalText::line).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      int column = i;
      widths[i] = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      right[i] =
          rows.size() > 1
              && rows.stream().skip(1).map(row -> row.get(column)).allMatch(TextTable::isNumber);
    }
    return rows.stream().map(row -> line(row, widths, right)).collect(Collectors.joining("\n"));
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty()
        || cell.equals("-")
        || cell.matches("(at most )?[-+~]?[0-9][0-9,.]*( [kMG]?B)?");
  }

  private static String line(List<String> row, int[] widths, boolean[] right) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(right[i] ? blanks + row.get(i) : row.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }
}
