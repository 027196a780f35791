package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seedwright.analysis.Answer;
import org.seedwright.analysis.RunQuery;
import org.seedwright.analysis.RunStage;
import org.seedwright.analysis.RunTables;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.experiment.ExperimentCell;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.story.FinishedStage;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * What became of the cells of an ablation, side by side.
 *
 * @param cells in the order of the grid
 */
record CellsTable(List<Ended> cells) {
  CellsTable {
    cells = List.copyOf(cells);
  }

  /**
   * What became of a cell.
   *
   * @param outcomes of its stages, in their order, the data set last
   * @param means lengths of the rows of its data set
   * @param marks who wrote them
   */
  record Ended(ExperimentCell cell, List<StageOutcome> outcomes, Means means, Marks marks) {
    StageOutcome dataset() {
      return outcomes.get(outcomes.size() - 1);
    }

    long computed() {
      return outcomes.stream().filter(outcome -> !outcome.reused()).count();
    }

    long calls() {
      return outcomes.stream()
          .filter(outcome -> !outcome.reused())
          .mapToLong(outcome -> outcome.manifest().teacher().paidCalls())
          .sum();
    }

    /** Returns how many rows a stage rejected; 0 where the cell has no such stage. */
    long rejected(String stage) {
      return outcomes.stream()
          .filter(outcome -> outcome.manifest().stage().equals(stage))
          .mapToLong(outcome -> outcome.manifest().units().rejectedInAll())
          .sum();
    }

    /** Returns its stages, to be asked about; their parts were written or checked by the run. */
    List<RunStage> finished() throws IOException {
      var stages = new ArrayList<RunStage>();
      for (StageOutcome outcome : outcomes) {
        stages.add(
            new FinishedStage(Path.of(outcome.folder()), outcome.manifest()).forAnalysis(true));
      }
      return stages;
    }

    Map<String, Object> json() {
      var object = new LinkedHashMap<>(Cells.json(cell));
      object.put("stages", outcomes.stream().map(OutcomeJson::stage).toList());
      object.put("dataset", OutcomeJson.dataset(dataset()));
      object.put("meanInstructionCharacters", means.instruction());
      object.put("meanResponseCharacters", means.response());
      object.put("rowsByNoModel", marks.notByModel());
      return object;
    }
  }

  /**
   * Mean lengths in Unicode code points, to a tenth.
   *
   * @param round mean round of evolution
   */
  record Means(double round, double instruction, double response) {
    static Means of(StageOutcome dataset) throws IOException {
      long rows = 0;
      long rounds = 0;
      long instructions = 0;
      long responses = 0;
      var folder = new TableFolder(dataset.folder(), "", new Shards(dataset.manifest().shards()));
      for (int shard : folder.shards().numbers()) {
        try (var samples = folder.open(Table.of(Sample.class), shard)) {
          while (samples.hasNext()) {
            Sample sample = samples.next();
            String response = sample.response().orElse("");
            rows++;
            rounds += sample.round();
            instructions += sample.instruction().codePointCount(0, sample.instruction().length());
            responses += response.codePointCount(0, response.length());
          }
        }
      }
      return new Means(mean(rounds, rows), mean(instructions, rows), mean(responses, rows));
    }

    private static double mean(long sum, long rows) {
      return rows == 0 ? 0 : Math.round(10.0 * sum / rows) / 10.0;
    }
  }

  /**
   * Reads the lengths.
   *
   * @param outcomes of each cell
   */
  static CellsTable of(ExperimentGrid grid, List<List<StageOutcome>> outcomes) throws IOException {
    var cells = new ArrayList<Ended>();
    for (int i = 0; i < outcomes.size(); i++) {
      List<StageOutcome> stages = outcomes.get(i);
      StageOutcome dataset = stages.get(stages.size() - 1);
      cells.add(new Ended(grid.cells().get(i), stages, Means.of(dataset), Marks.of(dataset)));
    }
    return new CellsTable(cells);
  }

  /** Returns each stage once, as the first cell that came to it left it. */
  List<StageOutcome> stages() {
    var stages = new LinkedHashMap<String, StageOutcome>();
    for (Ended cell : cells) {
      cell.outcomes()
          .forEach(outcome -> stages.putIfAbsent(outcome.manifest().fingerprint(), outcome));
    }
    return List.copyOf(stages.values());
  }

  List<Map<String, Object>> json() {
    return cells.stream().map(Ended::json).toList();
  }

  /** Returns each stage once, with the names of the cells that read it. */
  List<Map<String, Object>> stagesJson() {
    var objects = new ArrayList<Map<String, Object>>();
    for (StageOutcome stage : stages()) {
      Map<String, Object> object = OutcomeJson.stage(stage);
      object.put(
          "cells",
          cells.stream()
              .filter(
                  cell ->
                      cell.outcomes().stream()
                          .anyMatch(
                              outcome ->
                                  outcome
                                      .manifest()
                                      .fingerprint()
                                      .equals(stage.manifest().fingerprint())))
              .map(cell -> cell.cell().name())
              .toList());
      objects.add(object);
    }
    return objects;
  }

  /** Says of which cells' data sets no model wrote all rows. */
  Optional<String> marks() {
    var marks = new LinkedHashMap<String, Marks>();
    cells.forEach(cell -> marks.put(cell.cell().name(), cell.marks()));
    return Marks.line(marks);
  }

  /** Answers a query about each cell, in one table; the workspace is a local one. */
  Answer ask(RunQuery query) throws IOException {
    var answers = new LinkedHashMap<String, Answer>();
    for (Ended cell : cells) {
      try (var tables = RunTables.open(cell.finished())) {
        answers.put(cell.cell().name(), tables.ask(query));
      }
    }
    return Answer.united(GridFigures.CELL, answers);
  }

  String text() {
    var table =
        TextTable.of(
            "cell",
            "rows",
            "by no model",
            "mean round",
            "instruction",
            "response",
            "duplicates",
            "contaminated",
            "stages computed",
            "reused",
            "calls",
            "data set");
    for (Ended cell : cells) {
      table.add(
          cell.cell().name(),
          Sizes.count(cell.dataset().manifest().units().out()),
          Sizes.count(cell.marks().notByModel()),
          tenths(cell.means().round()),
          tenths(cell.means().instruction()),
          tenths(cell.means().response()),
          Sizes.count(cell.rejected("deduplicate")),
          Sizes.count(cell.rejected("decontaminate")),
          Sizes.count(cell.computed()),
          Sizes.count(cell.outcomes().size() - cell.computed()),
          Sizes.count(cell.calls()),
          cell.dataset().folder());
    }
    return table + "\n(instruction and response: mean length in characters)";
  }

  private static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
