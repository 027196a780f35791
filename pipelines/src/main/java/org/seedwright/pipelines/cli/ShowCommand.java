package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seedwright.analysis.Lengths;
import org.seedwright.analysis.RunQuery;
import org.seedwright.analysis.TableFolder;
import org.seedwright.analysis.Tables;
import org.seedwright.analysis.Where;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.story.ChosenGrid;
import org.seedwright.pipelines.story.ChosenRun;
import org.seedwright.pipelines.story.FinishedRun;
import org.seedwright.pipelines.story.FinishedStage;
import org.seedwright.pipelines.workspace.Units;
import org.seedwright.pipelines.workspace.WorkspaceContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: the figures of a run, or what a stage holds. */
@Command(
    name = "show",
    description =
        "Shows the figures of a run: what its queries find in the finished stages. Or, with the name"
            + " of a stage, what that stage holds: its ledger, columns, counts and first rows.",
    footer = {
      "",
      "A run is named, or given as its folder runs/NAME in any workspace. Queries: funnel,",
      "rejections, rounds, heuristics, languages, licenses, lengths (docs/analysis.md).",
      "",
      "Examples:",
      "  ./seedwright show quickstart",
      "  ./seedwright show quickstart rounds",
      "  ./seedwright show other/workspace/runs/quickstart funnel --json",
      "  ./seedwright show dataset --limit 3",
      "  ./seedwright show evolve-1 --rejected --where reason=equal-to-parent",
      "  ./seedwright show instruct --table requests --run quickstart --json"
    })
final class ShowCommand implements Callable<Integer> {
  /** Columns by which rows are counted, where a table has them. */
  private static final List<String> COUNTED =
      List.of("reason", "round", "heuristic", "language", "mark");

  /** Columns whose texts are measured, where a table has them. */
  private static final List<String> MEASURED = List.of("instruction", "response", "code");

  private static final int CELL = 72;

  @Parameters(
      index = "0",
      paramLabel = "RUN|STAGE",
      description =
          "A run, or a stage such as evolve-1; a name that both have is the stage's unless a QUERY"
              + " follows.")
  private String stageName;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "QUERY",
      description = "A query about the run; default: all of them.")
  private String query;

  @Mixin private WorkspaceOption workspaceOption;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run whose stage is shown; default: the newest that has it.")
  private String run;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rows shown, 0 to 10000; default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int limit;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Show only rows whose column has this value.")
  private String where;

  @Option(names = "--rejected", description = "The rejected units; the same as --table rejected.")
  private boolean rejected;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Another table of the stage, such as requests, replies or pool.")
  private String table;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    if (limit < 0 || limit > 10_000) {
      throw new WrongInputException("--limit must be 0 to 10000, but was %d".formatted(limit));
    }
    if (rejected && table != null) {
      throw new WrongInputException("--rejected and --table exclude each other");
    }
    WorkspaceFiles files = workspaceOption.open();
    Optional<ChosenGrid> grid = ablation(files);
    if (grid.isPresent()) {
      return showGrid(grid.get());
    }
    if (isRun(files)) {
      return showRun(files);
    }
    FinishedRun shown = chosen(files);
    FinishedStage stage = shown.stage(stageName).orElseThrow();
    String name = rejected ? Rejection.TABLE : table == null ? "" : table;
    if (!stage.tables().contains(name)) {
      throw new WrongInputException(
          "stage %s has no table '%s'; it has %s"
              .formatted(stageName, name, named(stage.tables())));
    }
    stage.requireUnaltered(stage.parts(name));
    View view = View.of(stage, name, Optional.ofNullable(where).map(ShowCommand::where), limit);
    output.object(json(shown, stage, name, view));
    output.text(text(shown, stage, name, view));
    return ExitCode.DONE;
  }

  /** A stage goes before a run, so that no run's name hides it. */
  private boolean isRun(WorkspaceFiles files) throws IOException {
    if (query != null || stageName.contains("/")) {
      return true;
    }
    WorkspaceContents contents = WorkspaceContents.of(files.folder());
    return contents.runs().stream().anyMatch(known -> known.name().equals(stageName))
        && FinishedRun.of(contents).stream().noneMatch(known -> known.stage(stageName).isPresent());
  }

  /** A stage goes before an ablation, too. */
  private Optional<ChosenGrid> ablation(WorkspaceFiles files) throws IOException {
    boolean isStage =
        query == null
            && FinishedRun.of(WorkspaceContents.of(files.folder())).stream()
                .anyMatch(known -> known.stage(stageName).isPresent());
    return isStage ? Optional.empty() : ChosenGrid.find(files.folder(), stageName);
  }

  private int showGrid(ChosenGrid grid) throws IOException {
    refuseOptionsOfStages();
    GridFigures figures = GridFigures.of(grid, RunFigures.queries(query));
    output.object(figures.object());
    output.text(figures.text());
    return ExitCode.DONE;
  }

  private int showRun(WorkspaceFiles files) throws IOException {
    refuseOptionsOfStages();
    List<RunQuery> queries = RunFigures.queries(query);
    RunFigures figures = RunFigures.of(ChosenRun.of(files.folder(), stageName), queries);
    output.object(figures.object());
    output.text(figures.text());
    return ExitCode.DONE;
  }

  private void refuseOptionsOfStages() {
    if (run != null || where != null || rejected || table != null) {
      throw new WrongInputException(
          "--run, --where, --rejected and --table are for a stage, and '%s' names a run"
              .formatted(stageName));
    }
  }

  private static List<String> named(List<String> tables) {
    return tables.stream().map(name -> name.isEmpty() ? "(the main one)" : name).toList();
  }

  private FinishedRun chosen(WorkspaceFiles files) throws IOException {
    List<FinishedRun> runs = FinishedRun.of(WorkspaceContents.of(files.folder()));
    List<FinishedRun> named =
        run == null
            ? runs
            : runs.stream().filter(candidate -> candidate.name().equals(run)).toList();
    if (named.isEmpty()) {
      throw new WrongInputException(
          run == null
              ? "%s holds no finished stage".formatted(files.folder())
              : "no run is called '%s' in %s; its runs: %s"
                  .formatted(run, files.folder(), runs.stream().map(FinishedRun::name).toList()));
    }
    return named.stream()
        .filter(candidate -> candidate.stage(stageName).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "no finished stage%s is called '%s' in %s; there are the stages %s%s"
                        .formatted(
                            run == null ? " and no run" : "",
                            stageName,
                            files.folder(),
                            stages(named),
                            run == null ? " and the runs " + names(runs) : "")));
  }

  private static String names(List<FinishedRun> runs) {
    return runs.stream().map(FinishedRun::name).collect(Collectors.joining(", "));
  }

  private static String stages(List<FinishedRun> runs) {
    return runs.stream()
        .flatMap(candidate -> candidate.stages().stream())
        .map(FinishedStage::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Where where(String condition) {
    int equals = condition.indexOf('=');
    if (equals < 1) {
      throw new WrongInputException(
          "--where must be COLUMN=VALUE, but was '%s'".formatted(condition));
    }
    return new Where(condition.substring(0, equals), condition.substring(equals + 1));
  }

  /** What is read of a table. */
  private record View(
      long rows,
      Map<String, String> columns,
      Map<String, Map<Optional<String>, Long>> counts,
      Map<String, Lengths> lengths,
      List<Map<String, String>> first) {

    static View of(FinishedStage stage, String table, Optional<Where> where, int limit) {
      var parts = stage.parts(table);
      if (parts.isEmpty()) {
        return new View(0, Map.of(), Map.of(), Map.of(), List.of());
      }
      var folder = new TableFolder(parts);
      try (var tables = Tables.open()) {
        Map<String, String> columns = tables.columns(folder);
        var counts = new LinkedHashMap<String, Map<Optional<String>, Long>>();
        COUNTED.stream()
            .filter(columns::containsKey)
            .forEach(column -> counts.put(column, tables.countBy(folder, column)));
        var lengths = new LinkedHashMap<String, Lengths>();
        MEASURED.stream()
            .filter(column -> "VARCHAR".equals(columns.get(column)))
            .forEach(
                column ->
                    tables
                        .lengths(folder, column)
                        .ifPresent(measured -> lengths.put(column, measured)));
        List<Map<String, String>> first =
            where.isPresent()
                ? tables.rows(folder, limit, 0, where.get())
                : tables.rows(folder, limit, 0);
        return new View(stage.rows(table), columns, counts, lengths, first);
      }
    }
  }

  private static Map<String, Object> json(
      FinishedRun run, FinishedStage stage, String table, View view) throws IOException {
    Units units = stage.manifest().units();
    var object = new LinkedHashMap<String, Object>();
    object.put("run", run.name());
    object.put("stage", stage.name());
    object.put("fingerprint", stage.manifest().fingerprint());
    object.put("folder", stage.folder().toString());
    object.put("attempted", units.attempted());
    object.put("out", units.out());
    object.put("rejected", units.rejected());
    object.put("failed", units.failed());
    object.put("notSelected", units.notSelected());
    object.put("tables", stage.tables());
    object.put("table", table);
    object.put("rows", view.rows());
    object.put("columns", view.columns());
    var counts = new LinkedHashMap<String, Object>();
    view.counts()
        .forEach(
            (column, values) -> {
              var plain = new LinkedHashMap<String, Long>();
              values.forEach((value, rows) -> plain.put(value.orElse(""), rows));
              counts.put(column, plain);
            });
    object.put("counts", counts);
    var lengths = new LinkedHashMap<String, Object>();
    view.lengths().forEach((column, measured) -> lengths.put(column, RecordJson.of(measured)));
    object.put("lengths", lengths);
    var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
    var rows = new java.util.ArrayList<Object>();
    for (Map<String, String> row : view.first()) {
      var plain = new LinkedHashMap<String, Object>();
      for (Map.Entry<String, String> cell : row.entrySet()) {
        plain.put(cell.getKey(), mapper.readTree(cell.getValue()));
      }
      rows.add(plain);
    }
    object.put("first", rows);
    return object;
  }

  private static String text(FinishedRun run, FinishedStage stage, String table, View view)
      throws IOException {
    Units units = stage.manifest().units();
    var text = new StringBuilder();
    text.append(
        "%s  run %s, %s\n"
            .formatted(
                stage.name(),
                TerminalText.line(run.name()),
                TerminalText.line(stage.folder().toString())));
    text.append(
        "units  %s in = %s out + %s rejected + %s not selected\n"
            .formatted(
                Sizes.count(units.attempted()),
                Sizes.count(units.out()),
                Sizes.count(units.rejectedInAll()),
                Sizes.count(units.notSelected())));
    if (!units.rejected().isEmpty()) {
      text.append(
          "       %s\n"
              .formatted(
                  units.rejected().entrySet().stream()
                      .map(entry -> entry.getKey() + " " + Sizes.count(entry.getValue()))
                      .collect(Collectors.joining(", "))));
    }
    text.append(
        "tables %s\n"
            .formatted(
                stage.tables().stream()
                    .map(
                        name ->
                            "%s %s"
                                .formatted(
                                    name.isEmpty() ? "(main)" : name,
                                    Sizes.count(stage.rows(name))))
                    .collect(Collectors.joining(", "))));
    text.append(
        "\ntable %s, %s rows\n"
            .formatted(table.isEmpty() ? "(main)" : table, Sizes.count(view.rows())));
    view.counts().forEach((column, counts) -> text.append(counted(column, counts)));
    text.append(lengths(view));
    if (!view.columns().isEmpty()) {
      text.append("  columns  " + String.join(", ", view.columns().keySet()) + "\n");
    }
    for (Map<String, String> row : view.first()) {
      text.append('\n').append(row(row));
    }
    return text.toString().stripTrailing();
  }

  private static String counted(String column, Map<Optional<String>, Long> counts) {
    return "  by %s  %s\n"
        .formatted(
            column,
            counts.entrySet().stream()
                .map(
                    entry ->
                        "%s: %s"
                            .formatted(
                                TerminalText.line(entry.getKey().orElse("(none)")),
                                Sizes.count(entry.getValue())))
                .collect(Collectors.joining(", ")));
  }

  private static String lengths(View view) {
    if (view.lengths().isEmpty()) {
      return "";
    }
    var table = TextTable.of("characters of", "texts", "min", "median", "mean", "p95", "max");
    view.lengths()
        .forEach(
            (column, measured) ->
                table.add(
                    column,
                    Sizes.count(measured.texts()),
                    Sizes.count(measured.min()),
                    Sizes.count(measured.median()),
                    Sizes.count(Math.round(measured.mean())),
                    Sizes.count(measured.p95()),
                    Sizes.count(measured.max())));
    return table.toString().indent(2);
  }

  /** One line a column; absent and empty values are left out. */
  private static String row(Map<String, String> row) throws IOException {
    var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
    var text = new StringBuilder();
    for (Map.Entry<String, String> cell : row.entrySet()) {
      var value = mapper.readTree(cell.getValue());
      String plain = value.isTextual() ? value.asText() : value.toString();
      if (plain.isEmpty() || plain.equals("null") || plain.equals("[]")) {
        continue;
      }
      boolean id = cell.getKey().equals("id");
      text.append(
          id
              ? "  " + TerminalText.line(plain) + "\n"
              : "    %-14s %s\n".formatted(cell.getKey(), TerminalText.line(plain, CELL)));
    }
    return text.toString();
  }
}
