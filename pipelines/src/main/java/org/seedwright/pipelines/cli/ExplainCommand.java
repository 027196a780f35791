package org.seedwright.pipelines.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.story.Story;
import org.seedwright.pipelines.story.StoryTeller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: the whole story of one id. */
@Command(
    name = "explain",
    description =
        "Tells the whole story of a source file, seed or row, kept or not: where it came from,"
            + " every prompt and reply, where it went and why it left.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright explain 3fa85f6457174562",
      "  ./seedwright explain 3fa85f64 --run quickstart --brief",
      "  ./seedwright explain 3fa85f64 --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int BRIEF_LINES = 5;

  @Parameters(
      paramLabel = "ID",
      description = "The id, or at least 8 of its first digits if they name one thing only.")
  private String id;

  @Mixin private WorkspaceOption workspaceOption;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run whose stages are read; default: the newest that holds the id.")
  private String run;

  @Option(names = "--brief", description = "Cut every text after " + BRIEF_LINES + " lines.")
  private boolean brief;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    Story story = StoryTeller.tell(workspaceOption.open().folder(), id, Optional.ofNullable(run));
    output.object(RecordJson.of(story));
    output.text(StoryText.of(story, brief ? BRIEF_LINES : Integer.MAX_VALUE));
    return ExitCode.DONE;
  }
}
