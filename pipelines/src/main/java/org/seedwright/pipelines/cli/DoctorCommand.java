package org.seedwright.pipelines.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: what this machine can do. */
@Command(
    name = "doctor",
    description =
        "Tries what a run needs on this machine: Java, memory, disk, the engine, the response"
            + " store. Exit 0 if all that is needed works, else 1.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright doctor",
      "  ./seedwright doctor --workspace /data/ws --json"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspaceOption;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    List<Checks.Check> checks = new Checks(workspaceOption.open(), DataFolder.get()).all();
    boolean able = checks.stream().noneMatch(check -> check.state() == Checks.State.PROBLEM);
    var object = new LinkedHashMap<String, Object>();
    object.put("ok", able);
    object.put("checks", checks.stream().map(RecordJson::of).toList());
    output.object(object);
    for (Checks.Check check : checks) {
      output.text(
          "%-8s %-12s %s"
              .formatted(word(check.state()), check.name(), TerminalText.line(check.found())));
    }
    output.text(able ? "\nall that a run needs works" : "\nsee the lines that begin with PROBLEM");
    return able ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String word(Checks.State state) {
    return switch (state) {
      case OK -> "ok";
      case PROBLEM -> "PROBLEM";
      case NOTE -> "note";
    };
  }
}
