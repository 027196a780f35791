package org.seedwright.analysis;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the questions of {@link RunQuery} about the finished stages of one run, which may be some
 * of its stages or none. Tables are told apart by their columns. Rows are read where they lie, in
 * the memory that {@link Tables} may take.
 *
 * <p>Every method throws {@link TableException} if a part is no readable Parquet file or lacks a
 * column.
 */
public final class RunTables implements AutoCloseable {
  private static final Query SCHEMA = Query.named("run/schema");
  private static final Query VIEWS = Query.named("run/views");
  private static final Query COLUMNS = Query.named("columns");
  private static final Query SHARED_ROWS = Query.named("run/shared-rows");
  private static final String REJECTIONS = "rejections";

  /** A column that only the rows of one view have, and that view. */
  private static final Map<String, String> TOLD_BY =
      Map.of("content", "files", "document_id", "seeds", "instruction", "samples");

  private final DuckDb duckDb;
  private boolean counted;

  private RunTables(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  /** Opens the stages of a run, in its order; close it. */
  public static RunTables open(List<RunStage> stages) {
    DuckDb duckDb = DuckDb.open();
    try {
      var tables = new RunTables(duckDb);
      tables.define(stages);
      return tables;
    } catch (RuntimeException e) {
      duckDb.close();
      throw e;
    }
  }

  private void define(List<RunStage> stages) {
    duckDb.define(SCHEMA.text());
    var united = new LinkedHashMap<String, StringBuilder>();
    for (String view : List.of("files", "seeds", "samples", REJECTIONS)) {
      united.put(view, new StringBuilder("CREATE VIEW %s AS FROM no_%s".formatted(view, view)));
    }
    for (int position = 0; position < stages.size(); position++) {
      RunStage stage = stages.get(position);
      duckDb.define(
          "INSERT INTO manifests VALUES (?, ?, ?)",
          List.of(position, stage.name(), stage.manifest()));
      Optional<String> view = viewOf(stage.rows());
      if (view.isPresent()) {
        united.get(view.get()).append(rows(view.get(), position, stage.name(), stage.rows()));
      }
      if (!stage.rejected().isEmpty()) {
        united.get(REJECTIONS).append(rows(REJECTIONS, position, stage.name(), stage.rejected()));
      }
    }
    united.values().forEach(view -> duckDb.define(view.toString()));
    duckDb.define(VIEWS.text());
  }

  private Optional<String> viewOf(List<Path> parts) {
    var views = new ArrayList<String>();
    if (!parts.isEmpty()) {
      duckDb.ask(
          COLUMNS.on(parts.subList(0, 1)),
          List.of(),
          row -> Optional.ofNullable(TOLD_BY.get(row.getString(1))).ifPresent(views::add));
    }
    return views.stream().findFirst();
  }

  private static String rows(String view, int position, String stage, List<Path> parts) {
    return "\nUNION ALL BY NAME SELECT %d AS position, %s AS stage, * FROM (%s)"
        .formatted(position, Query.literal(stage), Query.named("run/" + view).on(parts));
  }

  /** Answers a question; without a stage that could say, with no row or absent values. */
  public Answer ask(RunQuery query) {
    if (query == RunQuery.LENGTHS && !counted) {
      TokenCounts.write(duckDb);
      counted = true;
    }
    return answer(Query.named("run/query/" + query.id()).text());
  }

  /**
   * Counts the rows of two tables of samples by whether their ids are in one of them or in both:
   * columns {@code only_first}, {@code only_second}, {@code equal} and {@code different}, in one
   * row. Rows of one id are equal if instruction and response are.
   *
   * @param first parts that hold rows; may be none
   * @param second parts that hold rows; may be none
   */
  public static Answer shared(List<Path> first, List<Path> second) {
    try (DuckDb duckDb = DuckDb.open()) {
      duckDb.define(SCHEMA.text());
      var tables = new RunTables(duckDb);
      tables.unite("first_rows", first);
      tables.unite("second_rows", second);
      return tables.answer(SHARED_ROWS.text());
    }
  }

  private void unite(String view, List<Path> parts) {
    duckDb.define(
        "CREATE VIEW %s AS FROM no_samples".formatted(view)
            + (parts.isEmpty() ? "" : rows("samples", 0, "", parts)));
  }

  private Answer answer(String sql) {
    var columns = new ArrayList<String>();
    var rows = new ArrayList<List<Cell>>();
    duckDb.ask("DESCRIBE " + sql, List.of(), row -> columns.add(row.getString("column_name")));
    duckDb.ask(sql, List.of(), row -> rows.add(cells(row)));
    return new Answer(columns, rows);
  }

  private static List<Cell> cells(ResultSet row) throws SQLException {
    ResultSetMetaData about = row.getMetaData();
    var cells = new ArrayList<Cell>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      cells.add(cell(row.getObject(i), about.getColumnName(i)));
    }
    return cells;
  }

  private static Cell cell(Object value, String column) {
    if (value == null) {
      return Cell.Absent.ABSENT;
    }
    if (value instanceof Integer || value instanceof Long) {
      return new Cell.Count(((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return new Cell.Quotient(number);
    }
    if (value instanceof String text) {
      return new Cell.Word(text);
    }
    throw new IllegalStateException("column %s is a %s".formatted(column, value.getClass()));
  }

  @Override
  public void close() {
    duckDb.close();
  }
}
