package org.seedwright.pipelines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Markdown tables of a page of {@code docs}, by the heading above them. */
public final class DocsPage {
  private final Map<String, List<List<String>>> tables = new LinkedHashMap<>();

  private DocsPage() {}

  /** Reads a page; of a heading with several tables the rows of all. */
  public static DocsPage read(String name) throws IOException {
    var page = new DocsPage();
    String heading = "";
    boolean inTable = false;
    for (String line :
        Files.readAllLines(Path.of("../docs").resolve(name), StandardCharsets.UTF_8)) {
      if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      }
      boolean isRow = line.startsWith("| ");
      if (isRow && inTable && !line.startsWith("| ---")) {
        page.tables.computeIfAbsent(heading, key -> new ArrayList<>()).add(cells(line));
      }
      inTable = isRow;
    }
    return page;
  }

  /** The cells of a row; a bar that belongs to the text is written with a backslash. */
  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  /** Returns the rows under a heading, without the head of the table; none if it is not there. */
  public List<List<String>> rows(String heading) {
    return tables.getOrDefault(heading, List.of());
  }

  /** Returns one column of the rows under a heading, without backticks. */
  public List<String> column(String heading, int column) {
    return rows(heading).stream().map(row -> row.get(column).replace("`", "")).toList();
  }

  /** Renders a row as it would stand on a page. */
  public static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
