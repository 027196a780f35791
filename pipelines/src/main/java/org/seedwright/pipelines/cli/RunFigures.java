package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.RunQuery;
import org.seedwright.analysis.RunTables;
import org.seedwright.pipelines.story.ChosenRun;
import org.seedwright.pipelines.story.FinishedStage;

/**
 * The figures of a run: what the queries of analysis found in its finished stages.
 *
 * @param run whose they are
 * @param answers in the order in which they were asked for
 */
record RunFigures(ChosenRun run, Map<RunQuery, Answer> answers) {
  static RunFigures of(ChosenRun run, List<RunQuery> queries) throws IOException {
    boolean readsRows = queries.stream().anyMatch(RunQuery::readsRows);
    var answers = new LinkedHashMap<RunQuery, Answer>();
    try (var tables = RunTables.open(run.stages(readsRows))) {
      queries.forEach(query -> answers.put(query, tables.ask(query)));
    }
    return new RunFigures(run, answers);
  }

  /** Returns the queries that somebody asked for: one by its name, or all. */
  static List<RunQuery> queries(String id) {
    return id == null
        ? List.of(RunQuery.values())
        : List.of(
            RunQuery.of(id)
                .orElseThrow(
                    () ->
                        new WrongInputException(
                            "no query is called '%s'; there are %s"
                                .formatted(id, String.join(", ", RunQuery.ids())))));
  }

  /**
   * Returns a line on a run, its name, where it is, and which of its stages are not finished, and
   * one more if no model wrote its data set.
   */
  static String heading(ChosenRun run) throws IOException {
    int stages = run.finished().size() + run.missing().size();
    return "run %s  %s, %d of %d stages finished%s"
            .formatted(
                TerminalText.line(run.record().name()),
                TerminalText.line(run.folder().toString()),
                run.finished().size(),
                stages,
                run.missing().isEmpty() ? "" : "; not: " + String.join(", ", run.missing()))
        + marks(run).line().map(line -> "\n" + line).orElse("");
  }

  /** Returns who wrote the data set's rows; of a run without one, nobody did. */
  static Marks marks(ChosenRun run) throws IOException {
    Optional<FinishedStage> dataset = run.stage("dataset");
    if (dataset.isEmpty()) {
      return new Marks(Map.of());
    }
    List<Path> parts = dataset.get().parts("");
    dataset.get().requireUnaltered(parts);
    return Marks.of(parts);
  }

  /** Returns what identifies a run in {@code --json}. */
  static Map<String, Object> object(ChosenRun run) throws IOException {
    var object = new LinkedHashMap<String, Object>();
    object.put("run", run.record().name());
    object.put("folder", run.folder().toString());
    object.put("finished", run.finished().stream().map(FinishedStage::name).toList());
    object.put("missing", run.missing());
    marks(run).line().ifPresent(line -> object.put("marks", line));
    return object;
  }

  String text() throws IOException {
    return text(heading(run), answers);
  }

  /** Returns a heading with the tables of answers below it. */
  static String text(String heading, Map<RunQuery, Answer> answers) {
    var text = new StringBuilder(heading);
    answers.forEach(
        (query, answer) ->
            text.append("\n\n%s: %s\n".formatted(query.id(), query.says()))
                .append(AnswerText.table(answer).indent(2).stripTrailing()));
    return text.toString();
  }

  Map<String, Object> object() throws IOException {
    var object = object(run);
    object.put("queries", queries(answers));
    return object;
  }

  /** Returns answers as {@code --json} has them, by the ids of the queries. */
  static Map<String, Object> queries(Map<RunQuery, Answer> answers) {
    var queries = new LinkedHashMap<String, Object>();
    answers.forEach((query, answer) -> queries.put(query.id(), AnswerText.objects(answer)));
    return queries;
  }
}
