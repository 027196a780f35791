package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.workspace.FlawedFile;
import org.seedwright.pipelines.workspace.WorkspaceCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code workspace check}: whether everything is as it was written. */
@Command(
    name = "check",
    description = {
      "Reads every file of every finished stage and holds it against its manifest; one line for"
          + " each file that is not as it was written. Changes nothing.",
      "Exit 1 where there is such a file, 0 where there is none."
    },
    footer = {"", "Example:", "  ./seedwright workspace check --workspace /data/ws"})
final class WorkspaceCheckCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspaceOption;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    WorkspaceFiles files = workspaceOption.open();
    WorkspaceCheck check = WorkspaceCheck.of(files.folder());
    var flaws = new ArrayList<Map<String, Object>>();
    for (FlawedFile flaw : check.flaws()) {
      var one = new LinkedHashMap<String, Object>();
      one.put("file", flaw.path());
      one.put("flaw", flaw.flaw());
      flaws.add(one);
      output.text(TerminalText.line(flaw.toString()));
    }
    var object = new LinkedHashMap<String, Object>();
    object.put("workspace", files.folder().toString());
    object.put("stages", check.stages());
    object.put("files", check.files());
    object.put("flawed", flaws);
    output.object(object);
    output.text(
        "%s stages, %s files: %s"
            .formatted(
                Sizes.count(check.stages()),
                Sizes.count(check.files()),
                flaws.isEmpty()
                    ? "all as they were written"
                    : "%d not as they were written".formatted(flaws.size())));
    return flaws.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
