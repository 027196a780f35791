import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** Prints the hits that `decontaminate` wrote, fields parted by tabs. */
final class HitsTable {
  private HitsTable() {}

  public static void main(String[] arguments) throws Exception {
    String query =
        """
        SELECT seedwright_id, test, part, "column", "start", "end", benchmark, task_id, coverage
        FROM read_parquet('%s/part-*.parquet') ORDER BY ALL
        """;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.formatted(arguments[0].replace("'", "''")))) {
      while (rows.next()) {
        var line = new StringBuilder();
        for (int i = 1; i <= 9; i++) {
          line.append(i == 1 ? "" : "\t").append(rows.getString(i));
        }
        System.out.println(line);
      }
    }
  }
}
