package org.seedwright.pipelines.cli;

import java.util.concurrent.Callable;
import org.seedwright.pipelines.story.ChosenRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: two runs side by side. */
@Command(
    name = "compare",
    description =
        "Compares two runs: the keys of their experiments, the stages that they share, the rows of"
            + " their data sets, and the figures of every query.",
    footer = {
      "",
      "A run is named, or given as its folder runs/NAME in any workspace. Queries: funnel,",
      "rejections, rounds, heuristics, languages, licenses, lengths (docs/analysis.md).",
      "",
      "Examples:",
      "  ./seedwright compare quickstart quickstart.preview",
      "  ./seedwright compare two-rounds three-rounds rounds --all",
      "  ./seedwright compare old/runs/quickstart workspace/runs/quickstart --json"
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "The first run.")
  private String first;

  @Parameters(index = "1", paramLabel = "RUN", description = "The second run.")
  private String second;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "QUERY",
      description = "The query whose figures are compared; default: all of them.")
  private String query;

  @Option(names = "--all", description = "Print figures that are equal, too.")
  private boolean all;

  @Mixin private WorkspaceOption workspaceOption;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    WorkspaceFiles files = workspaceOption.open();
    var queries = RunFigures.queries(query);
    RunComparison comparison =
        RunComparison.of(
            RunFigures.of(ChosenRun.of(files.folder(), first), queries),
            RunFigures.of(ChosenRun.of(files.folder(), second), queries));
    output.object(comparison.object());
    output.text(comparison.text(all));
    return ExitCode.DONE;
  }
}
