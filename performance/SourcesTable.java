import java.sql.DriverManager;
import java.util.ArrayList;

/** Prints files, languages, licences and rejections of a `sources` stage by source, as Markdown. */
public final class SourcesTable {
  private static final String BY_SOURCE =
      """
      WITH files AS (SELECT * FROM read_parquet('%1$s/part-*.parquet')),
      listed AS (SELECT source, count(*) AS units FROM read_parquet('%1$s/listing/part-*.parquet') GROUP BY 1),
      langs AS (SELECT source, string_agg(language || ' ' || n, ', ' ORDER BY n DESC, language) AS t
        FROM (SELECT source, language, count(*) AS n FROM files GROUP BY 1, 2) GROUP BY 1),
      lics AS (SELECT source, string_agg(l || ' ' || n, ', ' ORDER BY n DESC, l) AS t
        FROM (SELECT source, coalesce(license, 'none') AS l, count(*) AS n FROM files GROUP BY 1, 2) GROUP BY 1)
      SELECT source, units, (SELECT count(*) FROM files f WHERE f.source = listed.source) AS files,
        coalesce(langs.t, ''), coalesce(lics.t, '')
      FROM listed LEFT JOIN langs USING (source) LEFT JOIN lics USING (source) ORDER BY source
      """;
  private static final String REJECTED =
      """
      SELECT l.source, r.reason, count(*) FROM read_parquet('%1$s/rejected/part-*.parquet') r
      JOIN read_parquet('%1$s/listing/part-*.parquet') l ON l.id = r.id
      GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
      """;
  private static final String LICENCES =
      """
      SELECT source, path, coalesce(license, 'none'), coalesce(license_evidence, ''),
        coalesce(copyright[1], ''), substr(replace(replace(content, chr(10), ' / '), '|', '!'), 1, 160)
      FROM read_parquet('%1$s/part-*.parquet')
      QUALIFY row_number() OVER (PARTITION BY source ORDER BY id) <= %2$d ORDER BY source, path
      """;

  public static void main(String[] arguments) throws Exception {
    String stage = arguments[0];
    print("source|units|files|languages|licences", BY_SOURCE.formatted(stage));
    print("source|rejected for|units", REJECTED.formatted(stage));
    if (arguments.length > 1) {
      print(
          "source|path|licence|how|copyright|beginning",
          LICENCES.formatted(stage, Integer.parseInt(arguments[1])));
    }
  }

  private static void print(String head, String sql) throws Exception {
    String[] columns = head.split("\\|");
    System.out.println("| " + String.join(" | ", columns) + " |");
    System.out.println("|" + " --- |".repeat(columns.length));
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= columns.length; i++) {
          cells.add(rows.getString(i));
        }
        System.out.println("| " + String.join(" | ", cells) + " |");
      }
    }
    System.out.println();
  }
}
