package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.RunQuery;
import org.seedwright.pipelines.story.ChosenGrid;
import org.seedwright.pipelines.story.ChosenRun;

/**
 * The figures of an ablation: of each query one table, with the rows of every cell.
 *
 * @param grid whose they are
 * @param answers in the order in which they were asked for
 */
record GridFigures(ChosenGrid grid, Map<RunQuery, Answer> answers) {
  /** What the column is called that names the cell of a row. */
  static final String CELL = "cell";

  static GridFigures of(ChosenGrid grid, List<RunQuery> queries) throws IOException {
    var cells = new LinkedHashMap<String, RunFigures>();
    for (Map.Entry<String, ChosenRun> cell : grid.cells().entrySet()) {
      cells.put(cell.getKey(), RunFigures.of(cell.getValue(), queries));
    }
    var answers = new LinkedHashMap<RunQuery, Answer>();
    for (RunQuery query : queries) {
      var united = new LinkedHashMap<String, Answer>();
      cells.forEach((cell, figures) -> united.put(cell, figures.answers().get(query)));
      answers.put(query, Answer.united(CELL, united));
    }
    return new GridFigures(grid, answers);
  }

  /**
   * Returns a line on the ablation, one on each cell that is not finished, and one more if no model
   * wrote the data sets.
   */
  private String heading() throws IOException {
    var text =
        new StringBuilder(
            "ablation %s  %s, %d cells"
                .formatted(
                    TerminalText.line(grid.name()),
                    TerminalText.line(grid.folder().toString()),
                    grid.cells().size()));
    grid.cells()
        .forEach(
            (cell, run) -> {
              if (!run.missing().isEmpty()) {
                text.append(
                    "\ncell %s is not finished: %s"
                        .formatted(TerminalText.line(cell), String.join(", ", run.missing())));
              }
            });
    marks().ifPresent(line -> text.append('\n').append(line));
    return text.toString();
  }

  private Optional<String> marks() throws IOException {
    var cells = new LinkedHashMap<String, Marks>();
    for (Map.Entry<String, ChosenRun> cell : grid.cells().entrySet()) {
      cells.put(cell.getKey(), RunFigures.marks(cell.getValue()));
    }
    return Marks.line(cells);
  }

  String text() throws IOException {
    return RunFigures.text(heading(), answers);
  }

  Map<String, Object> object() throws IOException {
    var object = new LinkedHashMap<String, Object>();
    object.put("run", grid.name());
    object.put("folder", grid.folder().toString());
    var cells = new ArrayList<Map<String, Object>>();
    for (Map.Entry<String, ChosenRun> cell : grid.cells().entrySet()) {
      var named = new LinkedHashMap<String, Object>();
      named.put(CELL, cell.getKey());
      named.putAll(RunFigures.object(cell.getValue()));
      cells.add(named);
    }
    object.put("cells", cells);
    marks().ifPresent(line -> object.put("marks", line));
    object.put("queries", RunFigures.queries(answers));
    return object;
  }
}
