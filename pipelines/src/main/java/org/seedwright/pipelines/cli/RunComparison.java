package org.seedwright.pipelines.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.Cell;
import org.seedwright.analysis.Difference;
import org.seedwright.analysis.RunQuery;
import org.seedwright.analysis.RunTables;
import org.seedwright.pipelines.story.ChosenRun;
import org.seedwright.pipelines.story.FinishedStage;
import org.seedwright.pipelines.story.StagePair;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Two runs side by side, for people and for programs.
 *
 * @param first a run with its figures
 * @param second another one with the same queries
 * @param settings keys of the experiments whose values differ, with both values as JSON; absent
 *     where an experiment lacks the key
 * @param stages every stage of either
 * @param rows the rows of both data sets by their ids; absent where a data set is not finished
 */
record RunComparison(
    RunFigures first,
    RunFigures second,
    Map<String, List<Optional<String>>> settings,
    List<StagePair> stages,
    Optional<Answer> rows) {
  private static final String DATASET = "dataset";

  static RunComparison of(RunFigures first, RunFigures second) throws IOException {
    return new RunComparison(
        first,
        second,
        settings(first.run(), second.run()),
        StagePair.of(first.run(), second.run()),
        rows(first.run().stage(DATASET), second.run().stage(DATASET)));
  }

  private static Map<String, List<Optional<String>>> settings(ChosenRun first, ChosenRun second) {
    Map<String, String> one = first.record().settings();
    Map<String, String> other = second.record().settings();
    var keys = new TreeMap<String, List<Optional<String>>>();
    for (Map<String, String> side : List.of(one, other)) {
      for (String key : side.keySet()) {
        var values =
            List.of(Optional.ofNullable(one.get(key)), Optional.ofNullable(other.get(key)));
        if (!values.get(0).equals(values.get(1))) {
          keys.put(key, values);
        }
      }
    }
    return keys;
  }

  private static Optional<Answer> rows(
      Optional<FinishedStage> first, Optional<FinishedStage> second) throws IOException {
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    for (FinishedStage stage : List.of(first.get(), second.get())) {
      stage.requireUnaltered(stage.parts(""));
    }
    return Optional.of(RunTables.shared(first.get().parts(""), second.get().parts("")));
  }

  /** Returns the comparison as text, without or with figures that are equal. */
  String text(boolean all) throws IOException {
    var text = new StringBuilder();
    text.append("first:  ").append(RunFigures.heading(first.run())).append('\n');
    text.append("second: ").append(RunFigures.heading(second.run())).append('\n');
    section(text, "experiment", settingsText());
    section(text, "stages", stagesText());
    section(text, "rows of the data sets", rows.map(AnswerText::table).orElse("not finished"));
    first
        .answers()
        .keySet()
        .forEach(query -> section(text, query.id() + ": " + query.says(), figures(query, all)));
    return text.toString().stripTrailing();
  }

  private static void section(StringBuilder text, String title, String body) {
    text.append("\n%s\n%s".formatted(title, body.indent(2)));
  }

  private String settingsText() {
    if (settings.isEmpty()) {
      return "no key differs";
    }
    var table = TextTable.of("key", "first", "second");
    settings.forEach(
        (key, values) -> table.add(key, values.get(0).orElse("-"), values.get(1).orElse("-")));
    return table.toString();
  }

  private String stagesText() {
    var table = TextTable.of("stage", "", "rows in first", "in second", "difference");
    for (StagePair pair : stages) {
      Cell one = outOf(pair.first());
      Cell other = outOf(pair.second());
      var rowsOfBoth = new Difference(List.of(), "out", one, other);
      table.add(
          pair.name(),
          CanonicalJson.kebabCase(pair.relation()).replace('-', ' '),
          AnswerText.text(one),
          AnswerText.text(other),
          AnswerText.more(rowsOfBoth));
    }
    return table.toString();
  }

  private static Cell outOf(Optional<FinishedStage> stage) {
    return stage.isEmpty()
        ? Cell.Absent.ABSENT
        : new Cell.Count(stage.get().manifest().units().out());
  }

  private String figures(RunQuery query, boolean all) {
    List<Difference> differences = differences(query);
    if (differences.isEmpty()) {
      return "none";
    }
    Set<List<Cell>> onlyFirst = all ? Set.of() : rowsWithout(differences, Difference::second);
    Set<List<Cell>> onlySecond = all ? Set.of() : rowsWithout(differences, Difference::first);
    List<Difference> shown =
        differences.stream()
            .filter(difference -> all || !difference.isNone())
            .filter(difference -> !onlyFirst.contains(difference.keys()))
            .filter(difference -> !onlySecond.contains(difference.keys()))
            .toList();
    long equal = differences.stream().filter(Difference::isNone).count();
    var text = new StringBuilder();
    if (!shown.isEmpty()) {
      text.append(table(query, shown)).append('\n');
    }
    text.append(named("only in the first run: ", onlyFirst));
    text.append(named("only in the second run: ", onlySecond));
    if (!all && equal > 0) {
      text.append(
          "%s of %s figures are equal\n"
              .formatted(Sizes.count(equal), Sizes.count(differences.size())));
    }
    return text.toString().stripTrailing();
  }

  /** Returns the keys of the rows that have no figure on one side. */
  private static Set<List<Cell>> rowsWithout(
      List<Difference> differences, Function<Difference, Cell> side) {
    var keys = differences.stream().map(Difference::keys).collect(toCollection(LinkedHashSet::new));
    differences.stream()
        .filter(difference -> side.apply(difference) != Cell.Absent.ABSENT)
        .forEach(difference -> keys.remove(difference.keys()));
    return keys;
  }

  private static String named(String title, Set<List<Cell>> rows) {
    return rows.isEmpty()
        ? ""
        : rows.stream()
            .map(key -> key.stream().map(AnswerText::text).collect(joining(" ")))
            .map(TerminalText::line)
            .collect(joining(", ", title, "\n"));
  }

  private String table(RunQuery query, List<Difference> differences) {
    var head = new ArrayList<>(keys(query));
    head.addAll(List.of("figure", "first", "second", "difference"));
    var table = TextTable.of(head.toArray(String[]::new));
    for (Difference difference : differences) {
      var cells = new ArrayList<>(difference.keys().stream().map(AnswerText::text).toList());
      cells.add(difference.figure().replace('_', ' '));
      cells.add(AnswerText.text(difference.first()));
      cells.add(AnswerText.text(difference.second()));
      cells.add(AnswerText.more(difference));
      table.add(cells.toArray(String[]::new));
    }
    return table.toString();
  }

  private List<Difference> differences(RunQuery query) {
    return Difference.between(query, first.answers().get(query), second.answers().get(query));
  }

  private List<String> keys(RunQuery query) {
    return first.answers().get(query).columns().subList(0, query.keys());
  }

  Map<String, Object> object() throws IOException {
    var object = new LinkedHashMap<String, Object>();
    object.put("first", RunFigures.object(first.run()));
    object.put("second", RunFigures.object(second.run()));
    var experiment = new ArrayList<Map<String, Object>>();
    settings.forEach(
        (key, values) -> {
          var setting = new LinkedHashMap<String, Object>();
          setting.put("key", key);
          setting.put("first", values.get(0).orElse(null));
          setting.put("second", values.get(1).orElse(null));
          experiment.add(setting);
        });
    object.put("experiment", experiment);
    object.put("stages", stages.stream().map(RunComparison::object).toList());
    object.put("rows", rows.map(counted -> AnswerText.objects(counted).get(0)).orElse(null));
    var figures = new LinkedHashMap<String, Object>();
    for (RunQuery query : first.answers().keySet()) {
      figures.put(
          query.id(),
          differences(query).stream().map(difference -> object(query, difference)).toList());
    }
    object.put("figures", figures);
    return object;
  }

  private static Map<String, Object> object(StagePair pair) {
    var object = new LinkedHashMap<String, Object>();
    object.put("stage", pair.name());
    object.put("relation", CanonicalJson.kebabCase(pair.relation()));
    put(object, "first", pair.first());
    put(object, "second", pair.second());
    return object;
  }

  private static void put(Map<String, Object> object, String side, Optional<FinishedStage> stage) {
    stage.ifPresent(
        finished -> {
          var fields = new LinkedHashMap<String, Object>();
          fields.put("fingerprint", finished.manifest().fingerprint());
          fields.put("contentHash", finished.manifest().contentHash());
          fields.put("out", finished.manifest().units().out());
          object.put(side, fields);
        });
  }

  private Map<String, Object> object(RunQuery query, Difference difference) {
    var object = new LinkedHashMap<String, Object>();
    List<String> keys = keys(query);
    for (int i = 0; i < keys.size(); i++) {
      object.put(AnswerText.camelCase(keys.get(i)), AnswerText.plain(difference.keys().get(i)));
    }
    object.put("figure", AnswerText.camelCase(difference.figure()));
    object.put("first", AnswerText.plain(difference.first()));
    object.put("second", AnswerText.plain(difference.second()));
    object.put("difference", AnswerText.plain(difference.more()));
    return object;
  }
}
