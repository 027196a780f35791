package org.seedwright.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One query from a resource file. Values are bound as parameters. Names cannot be, and neither can
 * the list of files: they are put in as quoted identifiers and quoted strings, where the only
 * character that could end the quote is doubled.
 */
final class Query {
  private final String sql;

  private Query(String sql) {
    this.sql = sql;
  }

  static Query named(String name) {
    String file = name + ".sql";
    try (InputStream in = Query.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new Query(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + file, e);
    }
  }

  /** Returns the query where it needs nothing put in. */
  String text() {
    return sql;
  }

  /** Returns a text as it stands in SQL. */
  static String literal(String value) {
    return quoted(value, '\'');
  }

  /** Put in last: a path may hold what looks like a place for a column. */
  String on(List<Path> parts) {
    return sql.replace(
        "{parts}",
        parts.stream()
            .map(part -> quoted(part.toString(), '\''))
            .collect(Collectors.joining(", ", "[", "]")));
  }

  Query column(String column) {
    return new Query(sql.replace("{column}", quoted(column, '"')));
  }

  private static String quoted(String text, char quote) {
    if (text.indexOf('\0') >= 0) {
      throw new TableException("a name holds a NUL character");
    }
    String mark = String.valueOf(quote);
    return mark + text.replace(mark, mark + mark) + mark;
  }
}
