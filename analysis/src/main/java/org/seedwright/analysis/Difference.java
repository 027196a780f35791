package org.seedwright.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure of two runs.
 *
 * @param keys what names the row that it stands in, as many as the query has keys
 * @param figure the column that it stands in
 * @param first its value in the first run; absent also where that has no such row
 * @param second its value in the second run; the same
 */
public record Difference(List<Cell> keys, String figure, Cell first, Cell second) {
  public Difference {
    keys = List.copyOf(keys);
  }

  /**
   * Puts the figures of two answers to one query side by side: every number that one of them has,
   * whether it differs or not, in the order of the first answer, and then what only the second has.
   */
  public static List<Difference> between(RunQuery query, Answer first, Answer second) {
    if (!first.columns().equals(second.columns())) {
      throw new IllegalArgumentException(
          "%s and %s are no answers to one query".formatted(first.columns(), second.columns()));
    }
    Map<List<Cell>, List<Cell>> left = byKeys(query, first);
    Map<List<Cell>, List<Cell>> right = byKeys(query, second);
    var keys = new ArrayList<>(left.keySet());
    right.keySet().stream().filter(key -> !left.containsKey(key)).forEach(keys::add);
    var differences = new ArrayList<Difference>();
    for (List<Cell> key : keys) {
      for (int i = query.keys(); i < first.columns().size(); i++) {
        Cell one = cell(left.get(key), i);
        Cell other = cell(right.get(key), i);
        if (isNumber(one) || isNumber(other)) {
          differences.add(new Difference(key, first.columns().get(i), one, other));
        }
      }
    }
    return differences;
  }

  private static Map<List<Cell>, List<Cell>> byKeys(RunQuery query, Answer answer) {
    var rows = new LinkedHashMap<List<Cell>, List<Cell>>();
    answer.rows().forEach(row -> rows.put(row.subList(0, query.keys()), row));
    return rows;
  }

  private static boolean isNumber(Cell cell) {
    return cell instanceof Cell.Count || cell instanceof Cell.Quotient;
  }

  private static Cell cell(List<Cell> row, int column) {
    return row == null ? Cell.Absent.ABSENT : row.get(column);
  }

  /** Tells whether both runs have the same value, or none. */
  public boolean isNone() {
    return first.equals(second);
  }

  /** Returns how much more the second run has; absent where one has no value. */
  public Cell more() {
    if (first instanceof Cell.Count one && second instanceof Cell.Count other) {
      return new Cell.Count(other.value() - one.value());
    }
    if (first instanceof Cell.Quotient one && second instanceof Cell.Quotient other) {
      return new Cell.Quotient(other.value() - one.value());
    }
    return Cell.Absent.ABSENT;
  }
}
