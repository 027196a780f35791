package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Verdict;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.pipelines.evaluation.ScoreRow;
import org.seedwright.pipelines.evaluation.ScoresStage;
import org.seedwright.pipelines.evaluation.VerdictRow;
import org.seedwright.pipelines.run.StageOutcome;

/**
 * What is said of an evaluation.
 *
 * @param extraction the one that was asked for; {@code none} stands for raw samples
 * @param scorable tasks that count
 * @param sandbox name of the sandbox
 */
record EvaluationReport(
    TaskSet set,
    String extraction,
    OracleReport oracle,
    Set<String> scorable,
    List<VerdictRow> verdicts,
    List<ScoreRow> scores,
    String sandbox) {
  private static final String RAW = "none";
  private static final String ALL = "all";
  private static final String BASE = "base";

  /** Prints it, for people or as JSON. */
  void say(Output output, double seconds, List<StageOutcome> stages) throws IOException {
    output.object(json(seconds));
    output.text(text());
    output.text("");
    for (StageOutcome stage : stages) {
      output.text("%-9s %s".formatted(stage.manifest().stage(), TerminalText.line(stage.folder())));
    }
  }

  private Map<String, Object> json(double seconds) {
    ScoreRow top = score(extraction, ALL).orElseThrow();
    var json = new LinkedHashMap<String, Object>();
    json.put("benchmark", ScoresStage.benchmark(set));
    json.put("version", set.version());
    json.put("tasks", top.tasks());
    json.put("samples", top.samples());
    json.putAll(figures(top));
    json.put("verdicts", counts());
    score(extraction, BASE)
        .ifPresent(
            base -> {
              json.put("base", figures(base));
              json.put("plus", figures(top));
            });
    var gate = new LinkedHashMap<String, Object>();
    gate.put("tasks", oracle.references());
    gate.put("passed", oracle.passed().size());
    json.put("oracle", gate);
    json.put("sandbox", sandbox);
    json.put("seconds", seconds);
    if (!extraction.equals(RAW)) {
      var pair = new LinkedHashMap<String, Object>();
      pair.put("id", extraction);
      pair.put("raw", figures(score(RAW, ALL).orElseThrow()));
      pair.put("extracted", figures(top));
      json.put("extraction", pair);
    }
    return json;
  }

  private static Map<String, Object> figures(ScoreRow score) {
    var passAtK = new LinkedHashMap<String, Object>();
    score.byK().forEach((k, value) -> passAtK.put(Integer.toString(k), value));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("passAtK", passAtK);
    figures.put("interval", List.of(score.low(), score.high()));
    return figures;
  }

  private Optional<ScoreRow> score(String ofExtraction, String tests) {
    return scores.stream()
        .filter(row -> row.extraction().equals(ofExtraction) && row.tests().equals(tests))
        .findFirst();
  }

  private Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    for (Verdict verdict : Verdict.values()) {
      long count =
          verdicts.stream()
              .filter(
                  row ->
                      row.extraction().equals(extraction)
                          && row.verdict() == verdict
                          && scorable.contains(row.taskId()))
              .count();
      if (count > 0) {
        counts.put(verdict.id(), count);
      }
    }
    return counts;
  }

  private String text() {
    ScoreRow top = score(extraction, ALL).orElseThrow();
    var ks = new TreeSet<Integer>();
    scores.forEach(row -> ks.addAll(row.byK().keySet()));
    var head = new ArrayList<>(List.of("tests", "extraction", "passed", "samples"));
    ks.forEach(k -> head.add("pass@" + k));
    head.add("95 % of pass@1");
    var table = TextTable.of(head.toArray(String[]::new));
    for (String tests : List.of(BASE, ALL)) {
      for (String each : extraction.equals(RAW) ? List.of(RAW) : List.of(RAW, extraction)) {
        score(each, tests).ifPresent(row -> table.add(cells(row, ks)));
      }
    }
    var text = new StringBuilder(top.name()).append("\n\n").append(table).append("\n\n");
    text.append(
        "verdicts: %s\n"
            .formatted(
                String.join(
                    ", ",
                    counts().entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .toList())));
    text.append(
        "references: %d of %d passed".formatted(oracle.passed().size(), oracle.references()));
    if (!oracle.broken().isEmpty()) {
      text.append("; left out: ").append(String.join(", ", oracle.broken().keySet()));
    }
    if (!oracle.withoutReference().isEmpty()) {
      text.append("; %d tasks have none".formatted(oracle.withoutReference().size()));
    }
    return text.toString();
  }

  private static String[] cells(ScoreRow row, Set<Integer> ks) {
    var cells = new ArrayList<String>();
    cells.add(row.tests());
    cells.add(row.extraction());
    cells.add(Integer.toString(row.passed()));
    cells.add(Integer.toString(row.samples()));
    for (int k : ks) {
      cells.add(percent(row.byK().get(k)));
    }
    cells.add("%s to %s".formatted(percent(row.low()), percent(row.high())));
    return cells.toArray(String[]::new);
  }

  private static String percent(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.1f", 100 * value);
  }
}
