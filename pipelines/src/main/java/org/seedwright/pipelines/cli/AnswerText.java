package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.Cell;
import org.seedwright.analysis.Difference;

/** What a query found, for people and for programs. */
final class AnswerText {
  private static final String ABSENT = "-";

  /** From here on a quotient's decimals tell nothing. */
  private static final double LARGE = 100;

  /** Below, three decimals would show it as nothing; dollars of a row are so small. */
  private static final double SMALL = 0.01;

  private AnswerText() {}

  /** Returns the rows as a table, or a line where there are none. */
  static String table(Answer answer) {
    if (answer.rows().isEmpty()) {
      return "none";
    }
    var table =
        TextTable.of(
            answer.columns().stream()
                .map(column -> column.replace('_', ' '))
                .toArray(String[]::new));
    for (List<Cell> row : answer.rows()) {
      table.add(row.stream().map(AnswerText::text).toArray(String[]::new));
    }
    return table.toString();
  }

  /** Returns the rows as objects; an absent value is null. */
  static List<Map<String, Object>> objects(Answer answer) {
    var objects = new ArrayList<Map<String, Object>>();
    for (List<Cell> row : answer.rows()) {
      var object = new LinkedHashMap<String, Object>();
      for (int i = 0; i < row.size(); i++) {
        object.put(camelCase(answer.columns().get(i)), plain(row.get(i)));
      }
      objects.add(object);
    }
    return objects;
  }

  /** Returns a value as a table shows it. */
  static String text(Cell cell) {
    if (cell instanceof Cell.Count count) {
      return Sizes.count(count.value());
    }
    if (cell instanceof Cell.Quotient quotient) {
      return text(quotient.value());
    }
    return cell instanceof Cell.Word word ? word.text() : ABSENT;
  }

  private static String text(double value) {
    return text(value, decimals(value));
  }

  private static String text(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static int decimals(double value) {
    double size = Math.abs(value);
    return size >= LARGE ? 1 : size >= SMALL || size == 0 ? 3 : 6;
  }

  /** Returns how much more the second run has: with its sign, and the decimals of the figures. */
  static String more(Difference difference) {
    Cell more = difference.more();
    String text = text(more);
    boolean isMore = more instanceof Cell.Count count && count.value() > 0;
    if (more instanceof Cell.Quotient quotient
        && difference.first() instanceof Cell.Quotient first
        && difference.second() instanceof Cell.Quotient second) {
      isMore = quotient.value() > 0;
      text = text(quotient.value(), decimals(Math.max(first.value(), second.value())));
    }
    return isMore ? "+" + text : text;
  }

  /** Returns a value as JSON has it. */
  static Object plain(Cell cell) {
    if (cell instanceof Cell.Count count) {
      return count.value();
    }
    if (cell instanceof Cell.Quotient quotient) {
      return quotient.value();
    }
    return cell instanceof Cell.Word word ? word.text() : null;
  }

  /** Returns a column's name as keys of JSON are spelled. */
  static String camelCase(String column) {
    return Pattern.compile("_(.)")
        .matcher(column)
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
