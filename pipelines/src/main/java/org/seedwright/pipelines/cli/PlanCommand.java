package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seedwright.pipelines.cli.MoneyForecast.Line;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.run.Amount;
import org.seedwright.pipelines.run.Forecast;
import org.seedwright.pipelines.run.GridPlan;
import org.seedwright.pipelines.run.Money;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.run.TokenEstimate;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.StoreLook;
import org.seedwright.pipelines.workspace.WorkspaceContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plan}: what a run would do. */
@Command(
    name = "plan",
    description =
        "Shows which stages of an experiment are there and which are to be computed, and what"
            + " they will ask and cost, as far as it can be guessed, and whether the budget is"
            + " enough. A stage that several cells of an ablation share stands there once, with"
            + " their names. Touches no teacher and starts no engine.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright plan examples/quickstart/quickstart.yaml",
      "  ./seedwright plan my.yaml --workspace /data/ws --json"
    })
final class PlanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experimentFile;

  @Mixin private WorkspaceOption workspaceOption;

  @Mixin private StoreOption storeOption;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    ExperimentGrid grid = ExperimentGrid.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspaceOption.open();
    GridPlan plan = GridPlan.of(grid, files.workspace(), files.digests(), DataFolder.get());
    var estimate = TokenEstimate.from(WorkspaceContents.of(files.folder()));
    List<Row> rows = rows(plan, estimate);
    StoreLook store = storeOption.of(files).look();
    MoneyForecast money = money(grid.first(), rows, store);
    output.object(json(grid, files, rows, store, money));
    output.text(text(grid, files, rows, store, money));
    return ExitCode.DONE;
  }

  /**
   * A stage, which several cells may share.
   *
   * @param cells that read it
   */
  private record Row(Forecast.Expected expected, List<String> cells, List<Line> lines) {
    PlannedStage stage() {
      return expected.stage();
    }

    boolean reused() {
      return stage().finished().isPresent();
    }
  }

  /** What is expected of each stage, once: that of a shared one is the same in every cell. */
  private static List<Row> rows(GridPlan plan, TokenEstimate estimate) {
    var rows = new LinkedHashMap<String, Row>();
    for (GridPlan.CellPlan cell : plan.cells()) {
      for (Forecast.Expected expected : Forecast.of(cell.plan())) {
        rows.computeIfAbsent(
                expected.stage().fingerprint(),
                fingerprint ->
                    new Row(
                        expected,
                        new ArrayList<>(),
                        expected.asked().stream()
                            .map(asked -> Line.of(cell.cell().experiment(), asked, estimate))
                            .toList()))
            .cells()
            .add(cell.cell().name());
      }
    }
    return List.copyOf(rows.values());
  }

  private static MoneyForecast money(Experiment experiment, List<Row> rows, StoreLook store) {
    boolean known = store.owner().isEmpty() && store.problem().isEmpty();
    return MoneyForecast.of(
        Money.budget(experiment),
        rows.stream().flatMap(row -> row.lines().stream()).toList(),
        known
            ? Optional.of(store.accounts().getOrDefault(experiment.name(), Account.EMPTY))
            : Optional.empty());
  }

  private static Amount requests(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.expected().asked().stream())
        .map(Forecast.Asked::requests)
        .reduce(Amount.NONE, Amount::plus);
  }

  private static String text(
      ExperimentGrid grid,
      WorkspaceFiles files,
      List<Row> rows,
      StoreLook store,
      MoneyForecast money) {
    var head =
        new ArrayList<>(
            List.of(
                "stage",
                "fingerprint",
                "",
                "units in",
                "requests",
                "~tokens in",
                "~tokens out",
                "~USD"));
    if (!grid.isSingle()) {
      head.add("cells");
    }
    var table = TextTable.of(head.toArray(String[]::new));
    for (Row row : rows) {
      var cells = new ArrayList<>(cells(row));
      if (!grid.isSingle()) {
        cells.add(Cells.said(row.cells(), grid.cells().size()));
      }
      table.add(cells.toArray(String[]::new));
    }
    var text = new StringBuilder();
    text.append(
        "%s in workspace %s\n\n"
            .formatted(
                TerminalText.line(grid.first().name()),
                TerminalText.line(files.folder().toString())));
    text.append(table).append("\n\n");
    long toCompute = rows.stream().filter(row -> !row.reused()).count();
    if (!grid.isSingle()) {
      int unshared = rows.stream().mapToInt(row -> row.cells().size()).sum();
      text.append(
          "%d cells with %d stages, of which %d are different\n"
              .formatted(grid.cells().size(), unshared, rows.size()));
    }
    text.append(
        "%d stages: %d reused, %d to compute; %s requests in all\n"
            .formatted(rows.size(), rows.size() - toCompute, toCompute, said(requests(rows))));
    text.append("store: ").append(said(store)).append('\n');
    if (requests(rows).most() > 0) {
      text.append(basis(rows));
    }
    text.append(money.text());
    return text.toString().stripTrailing();
  }

  private static List<String> cells(Row row) {
    List<Line> lines = row.lines();
    return List.of(
        row.stage().stage().name(),
        row.stage().fingerprint().substring(0, 16),
        row.reused() ? "reused" : "to compute",
        said(row.expected().units()),
        lines.isEmpty()
            ? ""
            : lines.stream()
                .map(line -> said(line.asked().requests()) + " " + line.asked().teacher().role())
                .collect(Collectors.joining(" + ")),
        lines.isEmpty() ? "" : Sizes.count(lines.stream().mapToLong(Line::inputTokens).sum()),
        lines.isEmpty() ? "" : Sizes.count(lines.stream().mapToLong(Line::outputTokens).sum()),
        lines.isEmpty()
            ? ""
            : Usd.text(lines.stream().mapToLong(line -> line.cost().nanoUsd()).sum()));
  }

  private static String said(Amount amount) {
    if (amount.unknown()) {
      return "unknown";
    }
    return (amount.exact() ? "" : "at most ") + Sizes.count(amount.most());
  }

  private static String said(StoreLook store) {
    if (store.owner().isPresent()) {
      return "in use by process %s, so what it holds is unknown"
          .formatted(TerminalText.line(store.owner().get()));
    }
    if (store.problem().isPresent()) {
      return TerminalText.line(store.problem().get());
    }
    return store.exists()
        ? "%s replies; each request that it answers is not sent"
            .formatted(Sizes.count(store.replies().orElse(0L)))
        : "none yet, so every request is sent";
  }

  /** Says where the token estimates come from. */
  private static String basis(List<Row> rows) {
    var roles = new LinkedHashMap<String, TokenEstimate.Tokens>();
    rows.stream()
        .flatMap(row -> row.lines().stream())
        .forEach(line -> roles.put(line.asked().teacher().role(), line.each()));
    var text = new StringBuilder("tokens are an estimate for that many requests, each:\n");
    roles.forEach(
        (role, tokens) ->
            text.append(
                "  %-9s %s in, %s out: %s\n"
                    .formatted(
                        role,
                        Sizes.count(Math.round(tokens.input())),
                        Sizes.count(Math.round(tokens.output())),
                        tokens.replies() > 0
                            ? "the mean of %s earlier replies"
                                .formatted(Sizes.count(tokens.replies()))
                            : "the prompt's characters by four, and the cap on a reply")));
    return text.toString();
  }

  private static Map<String, Object> json(
      ExperimentGrid grid,
      WorkspaceFiles files,
      List<Row> rows,
      StoreLook store,
      MoneyForecast money) {
    var stages = new ArrayList<Map<String, Object>>();
    for (Row row : rows) {
      var stage = new LinkedHashMap<String, Object>();
      stage.put("name", row.stage().stage().name());
      stage.put("fingerprint", row.stage().fingerprint());
      stage.put("status", row.reused() ? "reused" : "to-compute");
      stage.put("units", RecordJson.of(row.expected().units()));
      stage.put("requests", row.lines().stream().map(PlanCommand::json).toList());
      if (!grid.isSingle()) {
        stage.put("cells", row.cells());
      }
      stages.add(stage);
    }
    var held = new LinkedHashMap<String, Object>();
    held.put("file", store.place());
    held.put("exists", store.exists());
    store.replies().ifPresent(replies -> held.put("replies", replies));
    store.owner().ifPresent(owner -> held.put("inUseBy", owner));
    store.problem().ifPresent(problem -> held.put("problem", problem));
    var object = new LinkedHashMap<String, Object>();
    object.put("experiment", grid.first().name());
    object.put("workspace", files.folder().toString());
    if (!grid.isSingle()) {
      object.put("cells", grid.cells().stream().map(Cells::json).toList());
    }
    object.put("stages", stages);
    object.put("requests", RecordJson.of(requests(rows)));
    object.put("store", held);
    object.put("money", money.json());
    return object;
  }

  private static Map<String, Object> json(Line line) {
    var object = new LinkedHashMap<String, Object>();
    object.put("role", line.asked().teacher().role());
    object.put("model", line.asked().teacher().model());
    object.put("most", line.asked().requests().most());
    object.put("exact", line.asked().requests().exact());
    object.put("inputTokensEstimate", line.inputTokens());
    object.put("outputTokensEstimate", line.outputTokens());
    object.put("estimateFromReplies", line.each().replies());
    object.put("costUsdEstimate", Usd.exact(line.cost().nanoUsd()));
    object.put("worstUsd", Usd.exact(line.worst().nanoUsd()));
    return object;
  }
}
