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
import org.seedwright.pipelines.run.Amount;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.Forecast;
import org.seedwright.pipelines.run.TokenEstimate;
import org.seedwright.pipelines.stage.DeduplicateStage;
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
            + " enough. Touches no teacher and starts no engine.",
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
    Experiment experiment = Experiment.read(experimentFile, Vocabularies.builtIn());
    WorkspaceFiles files = workspaceOption.open();
    ExperimentPlan plan =
        ExperimentPlan.of(experiment, files.workspace(), files.digests(), DataFolder.get());
    List<Forecast.Expected> expected = Forecast.of(plan);
    var estimate = TokenEstimate.from(WorkspaceContents.of(files.folder()));
    StoreLook store = storeOption.of(files).look();
    MoneyForecast money = money(experiment, expected, estimate, store);
    output.object(json(experiment, files, expected, estimate, store, money));
    output.text(text(experiment, files, expected, estimate, store, money));
    return ExitCode.DONE;
  }

  private static List<Line> lines(
      Experiment experiment, Forecast.Expected stage, TokenEstimate estimate) {
    return stage.asked().stream().map(asked -> Line.of(experiment, asked, estimate)).toList();
  }

  private static MoneyForecast money(
      Experiment experiment,
      List<Forecast.Expected> expected,
      TokenEstimate estimate,
      StoreLook store) {
    boolean known = store.owner().isEmpty() && store.problem().isEmpty();
    return MoneyForecast.of(
        experiment,
        expected.stream().flatMap(stage -> lines(experiment, stage, estimate).stream()).toList(),
        known
            ? Optional.of(store.accounts().getOrDefault(experiment.name(), Account.EMPTY))
            : Optional.empty());
  }

  private static Amount requests(List<Forecast.Expected> expected) {
    return expected.stream()
        .flatMap(stage -> stage.asked().stream())
        .map(Forecast.Asked::requests)
        .reduce(Amount.NONE, Amount::plus);
  }

  private static String text(
      Experiment experiment,
      WorkspaceFiles files,
      List<Forecast.Expected> expected,
      TokenEstimate estimate,
      StoreLook store,
      MoneyForecast money) {
    var table =
        TextTable.of(
            "stage",
            "fingerprint",
            "",
            "units in",
            "requests",
            "~tokens in",
            "~tokens out",
            "~USD");
    for (Forecast.Expected stage : expected) {
      boolean reused = stage.stage().finished().isPresent();
      List<Line> lines = lines(experiment, stage, estimate);
      table.add(
          stage.stage().stage().name(),
          stage.stage().fingerprint().substring(0, 16),
          reused ? "reused" : "to compute",
          said(stage.units()),
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
    var text = new StringBuilder();
    text.append(
        "%s in workspace %s\n\n"
            .formatted(
                TerminalText.line(experiment.name()),
                TerminalText.line(files.folder().toString())));
    text.append(table).append("\n\n");
    long toCompute = expected.stream().filter(stage -> stage.stage().finished().isEmpty()).count();
    text.append(
        "%d stages: %d reused, %d to compute; %s requests in all\n"
            .formatted(
                expected.size(), expected.size() - toCompute, toCompute, said(requests(expected))));
    near(expected)
        .ifPresent(
            near ->
                text.append("deduplicate: ")
                    .append(String.join("\n", NearCurve.lines(near.settings())))
                    .append("\n  of each cluster %s stays\n".formatted(near.keep().id())));
    text.append("store: ").append(said(store)).append('\n');
    if (requests(expected).most() > 0) {
      text.append(basis(experiment, expected, estimate));
    }
    text.append(money.text());
    return text.toString().stripTrailing();
  }

  /** How near-duplicates are found, where they are. */
  private static Optional<DeduplicateStage.Near> near(List<Forecast.Expected> expected) {
    return expected.stream()
        .map(planned -> planned.stage().stage())
        .filter(DeduplicateStage.class::isInstance)
        .map(DeduplicateStage.class::cast)
        .flatMap(stage -> stage.near().stream())
        .findFirst();
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
  private static String basis(
      Experiment experiment, List<Forecast.Expected> expected, TokenEstimate estimate) {
    var roles = new LinkedHashMap<String, TokenEstimate.Tokens>();
    expected.stream()
        .flatMap(stage -> lines(experiment, stage, estimate).stream())
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
      Experiment experiment,
      WorkspaceFiles files,
      List<Forecast.Expected> expected,
      TokenEstimate estimate,
      StoreLook store,
      MoneyForecast money) {
    var stages = new ArrayList<Map<String, Object>>();
    for (Forecast.Expected planned : expected) {
      var stage = new LinkedHashMap<String, Object>();
      stage.put("name", planned.stage().stage().name());
      stage.put("fingerprint", planned.stage().fingerprint());
      stage.put("status", planned.stage().finished().isPresent() ? "reused" : "to-compute");
      stage.put("units", RecordJson.of(planned.units()));
      stage.put(
          "requests",
          lines(experiment, planned, estimate).stream().map(PlanCommand::json).toList());
      stages.add(stage);
    }
    var held = new LinkedHashMap<String, Object>();
    held.put("file", store.place());
    held.put("exists", store.exists());
    store.replies().ifPresent(replies -> held.put("replies", replies));
    store.owner().ifPresent(owner -> held.put("inUseBy", owner));
    store.problem().ifPresent(problem -> held.put("problem", problem));
    var object = new LinkedHashMap<String, Object>();
    object.put("experiment", experiment.name());
    object.put("workspace", files.folder().toString());
    object.put("stages", stages);
    near(expected)
        .ifPresent(
            near -> {
              Map<String, Object> minhash = NearCurve.json(near.settings());
              minhash.put("keep", near.keep().id());
              object.put("minhash", minhash);
            });
    object.put("requests", RecordJson.of(requests(expected)));
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
