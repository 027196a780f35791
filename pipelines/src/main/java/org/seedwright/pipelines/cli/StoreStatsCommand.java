package org.seedwright.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.StoreStats;
import org.seedwright.pipelines.table.CanonicalJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code store stats}: what the response store holds. */
@Command(
    name = "stats",
    description =
        "Says what the response store holds, what is in doubt, and what each run spent and has"
            + " reserved.",
    footer = {"", "Example:", "  ./seedwright store stats --workspace workspace"})
final class StoreStatsCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspace;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The response store; default: responses/responses.sqlite of the workspace.")
  private Path storeFile;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    Path file = storeFile == null ? workspace.open().store() : storeFile;
    if (!Files.exists(file)) {
      throw new WrongInputException("there is no response store at %s".formatted(file));
    }
    try (var store = Stores.open(file, "stats")) {
      StoreStats stats = store.stats();
      var endings = new TreeMap<String, Long>();
      stats
          .byEnding()
          .forEach((ending, count) -> endings.put(CanonicalJson.kebabCase(ending), count));
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("store", file.toString());
      object.put("replies", stats.replies());
      object.put("byEnding", endings);
      object.put("inputTokens", stats.inputTokens());
      object.put("outputTokens", stats.outputTokens());
      object.put("transportFailures", stats.transportFailures());
      object.put("inDoubt", stats.inDoubt());
      Map<String, Account> accounts = store.accounts();
      object.put(
          "accounts",
          accounts.entrySet().stream()
              .map(account -> json(account.getKey(), account.getValue()))
              .toList());
      output.object(object);
      output.text(
          String.format(
              Locale.ROOT,
              "%s: %,d replies (%s), %,d tokens in, %,d tokens out, %,d transport failures, %,d calls in doubt",
              file,
              stats.replies(),
              endings.entrySet().stream()
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .collect(Collectors.joining(", ")),
              stats.inputTokens(),
              stats.outputTokens(),
              stats.transportFailures(),
              stats.inDoubt()));
      if (!accounts.isEmpty()) {
        output.text(table(accounts).toString());
      }
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> json(String run, Account account) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", run);
    object.put("spentTokens", account.spent().tokens());
    object.put("spentUsd", Usd.exact(account.spent().nanoUsd()));
    object.put("reservedTokens", account.reserved().tokens());
    object.put("reservedUsd", Usd.exact(account.reserved().nanoUsd()));
    return object;
  }

  private static TextTable table(Map<String, Account> accounts) {
    var table = TextTable.of("run", "tokens spent", "USD spent", "tokens reserved", "USD reserved");
    accounts.forEach(
        (run, account) ->
            table.add(
                run,
                Sizes.count(account.spent().tokens()),
                Usd.text(account.spent().nanoUsd()),
                Sizes.count(account.reserved().tokens()),
                Usd.text(account.reserved().nanoUsd())));
    return table;
  }
}
