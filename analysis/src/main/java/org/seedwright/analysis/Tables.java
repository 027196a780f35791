package org.seedwright.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers questions about tables through one DuckDB inside this process: two threads, one gigabyte
 * of memory, no network and no extension beyond those linked into the library. Calls from several
 * threads take turns. Rows come in the order of the parts and of the rows in them.
 *
 * <p>A value is given as JSON text whatever its type: {@code "a"} with its quotes, {@code 5},
 * {@code [1,2]}, {@code {"path":"a.py"}}, and {@code null} for an absent one.
 *
 * <p>Every method throws {@link TableException} if a part is no readable Parquet file.
 */
public final class Tables implements AutoCloseable {
  private static final Query COLUMNS = Query.named("columns");
  private static final Query FIND_BY_ID = Query.named("find-by-id");
  private static final Query IDS_STARTING_WITH = Query.named("ids-starting-with");
  private static final Query ROWS = Query.named("rows");
  private static final Query ROWS_WHERE = Query.named("rows-where");
  private static final Query COUNT = Query.named("count");
  private static final Query COUNT_BY = Query.named("count-by");
  private static final Query LENGTHS = Query.named("lengths");

  private final DuckDb duckDb;

  private Tables(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  /** A DuckDB of its own; close it. */
  public static Tables open() {
    return new Tables(DuckDb.open());
  }

  /** Column name to DuckDB's name of its type, in the order of the table. */
  public synchronized Map<String, String> columns(TableFolder table) {
    Map<String, String> columns = new LinkedHashMap<>();
    duckDb.ask(
        COLUMNS.on(table.parts()),
        List.of(),
        row -> columns.put(row.getString(1), row.getString(2)));
    return Collections.unmodifiableMap(columns);
  }

  /** The row whose column {@code id} has this value: column to value as JSON text, in order. */
  public synchronized Optional<Map<String, String>> findById(TableFolder table, String id) {
    Map<String, String> columns = columns(table);
    String sql = FIND_BY_ID.column(known("id", columns, table)).on(table.parts());
    return values(columns, sql, List.of(id)).stream().findFirst();
  }

  /**
   * The ids of the table that start with this text, in order. Only the column {@code id} is read.
   *
   * @param limit at most so many, 0 or more
   */
  public synchronized List<String> idsStartingWith(TableFolder table, String prefix, long limit) {
    requireNotNegative("limit", limit);
    String sql = IDS_STARTING_WITH.column(known("id", columns(table), table)).on(table.parts());
    List<String> ids = new ArrayList<>();
    duckDb.ask(sql, List.of(prefix, limit), row -> ids.add(row.getString(1)));
    return List.copyOf(ids);
  }

  /**
   * Rows, each as column to value as JSON text.
   *
   * @param limit at most so many, 0 or more
   * @param offset after so many are passed over, 0 or more
   */
  public synchronized List<Map<String, String>> rows(TableFolder table, long limit, long offset) {
    requireNotNegative("limit", limit);
    requireNotNegative("offset", offset);
    return values(columns(table), ROWS.on(table.parts()), List.of(limit, offset));
  }

  /**
   * Those of the rows that have a value; limit and offset count them alone.
   *
   * @throws TableException if the table lacks the column; the message lists those it has
   */
  public synchronized List<Map<String, String>> rows(
      TableFolder table, long limit, long offset, Where where) {
    requireNotNegative("limit", limit);
    requireNotNegative("offset", offset);
    Map<String, String> columns = columns(table);
    String sql = ROWS_WHERE.column(known(where.column(), columns, table)).on(table.parts());
    return values(columns, sql, List.of(where.value(), limit, offset));
  }

  /** How many rows there are. */
  public synchronized long count(TableFolder table) {
    List<Long> counts = new ArrayList<>();
    duckDb.ask(COUNT.on(table.parts()), List.of(), row -> counts.add(row.getLong(1)));
    return counts.get(0);
  }

  /**
   * How many rows have each value of a column, the most frequent first and then by value. Values
   * are texts; rows without one are counted under the empty Optional.
   *
   * @throws TableException if the table lacks the column; the message lists those it has
   */
  public synchronized Map<Optional<String>, Long> countBy(TableFolder table, String column) {
    String sql = COUNT_BY.column(known(column, columns(table), table)).on(table.parts());
    Map<Optional<String>, Long> counts = new LinkedHashMap<>();
    duckDb.ask(
        sql, List.of(), row -> counts.put(Optional.ofNullable(row.getString(1)), row.getLong(2)));
    return Collections.unmodifiableMap(counts);
  }

  /**
   * Lengths of the texts of a column; empty if there is no text.
   *
   * @throws TableException if the table lacks the column, or it holds no text
   */
  public synchronized Optional<Lengths> lengths(TableFolder table, String column) {
    Map<String, String> columns = columns(table);
    String type = columns.get(known(column, columns, table));
    if (!type.equals("VARCHAR")) {
      throw new TableException(
          "column %s of %s holds %s, not text".formatted(column, name(table), type));
    }
    List<Lengths> lengths = new ArrayList<>();
    duckDb.ask(
        LENGTHS.column(column).on(table.parts()),
        List.of(),
        row -> {
          if (row.getLong(1) > 0) {
            lengths.add(
                new Lengths(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getLong(5),
                    row.getLong(6)));
          }
        });
    return lengths.stream().findFirst();
  }

  @Override
  public synchronized void close() {
    duckDb.close();
  }

  private List<Map<String, String>> values(
      Map<String, String> columns, String sql, List<Object> parameters) {
    List<String> names = List.copyOf(columns.keySet());
    List<Map<String, String>> rows = new ArrayList<>();
    duckDb.ask(
        sql,
        parameters,
        row -> {
          Map<String, String> values = new LinkedHashMap<>();
          for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), Optional.ofNullable(row.getString(i + 1)).orElse("null"));
          }
          rows.add(Collections.unmodifiableMap(values));
        });
    return List.copyOf(rows);
  }

  private static String known(String column, Map<String, String> columns, TableFolder table) {
    if (!columns.containsKey(column)) {
      throw new TableException(
          "%s has no column '%s'; its columns are %s"
              .formatted(name(table), column, String.join(", ", columns.keySet())));
    }
    return column;
  }

  private static String name(TableFolder table) {
    Path first = table.parts().get(0);
    return String.valueOf(Optional.ofNullable(first.getParent()).orElse(first));
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("%s must be 0 or more, but was %d".formatted(name, value));
    }
  }
}
