package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.workspace.WorkspaceCleaning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code workspace clean}: away with what nobody needs. */
@Command(
    name = "clean",
    description = {
      "Removes what unfinished attempts left behind, and finished stages that no run names. Never"
          + " removes a response store, a run, or what another process computes or reads.",
      "A stage is named by the run.json in runs/NAME/: remove such a folder, and its stages go too,"
          + " unless another run shares them."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright workspace clean --dry-run",
      "  ./seedwright workspace clean --damaged --workspace /data/ws --json"
    })
final class WorkspaceCleanCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspaceOption;

  @Option(names = "--dry-run", description = "Say what would go, and remove nothing.")
  private boolean dryRun;

  @Option(
      names = "--damaged",
      description = "Also remove stages with a file that is not as it was written; reads them all.")
  private boolean damaged;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    WorkspaceFiles files = workspaceOption.open();
    WorkspaceCleaning cleaning = WorkspaceCleaning.of(files.folder(), damaged, dryRun);
    output.object(json(files.folder(), cleaning));
    output.text(text(files.folder(), cleaning));
    return ExitCode.DONE;
  }

  private Map<String, Object> json(Path workspace, WorkspaceCleaning cleaning) {
    var object = new LinkedHashMap<String, Object>();
    object.put("workspace", workspace.toString());
    object.put("dryRun", dryRun);
    var removed = new ArrayList<Map<String, Object>>();
    for (WorkspaceCleaning.Found found : cleaning.removed()) {
      var one = new LinkedHashMap<String, Object>();
      one.put("folder", found.folder().toString());
      one.put("why", CanonicalJson.kebabCase(found.why()));
      one.put("bytes", found.bytes());
      removed.add(one);
    }
    object.put("removed", removed);
    object.put("bytes", cleaning.bytes());
    var kept = new ArrayList<Map<String, Object>>();
    for (WorkspaceCleaning.Kept one : cleaning.kept()) {
      var inUse = new LinkedHashMap<String, Object>();
      inUse.put("folder", one.folder().toString());
      inUse.put("why", CanonicalJson.kebabCase(one.why()));
      inUse.put("inUseBy", one.process());
      kept.add(inUse);
    }
    object.put("kept", kept);
    return object;
  }

  private String text(Path workspace, WorkspaceCleaning cleaning) {
    List<String> lines = new ArrayList<>();
    var table = TextTable.of(dryRun ? "would go" : "removed", "size", "because");
    for (WorkspaceCleaning.Found found : cleaning.removed()) {
      table.add(
          TerminalText.line(workspace.relativize(found.folder()).toString()),
          Sizes.bytes(found.bytes()),
          found.why().words());
    }
    if (!table.isEmpty()) {
      lines.add(table.toString());
    }
    for (WorkspaceCleaning.Kept one : cleaning.kept()) {
      lines.add(
          "kept %s: process %s uses it"
              .formatted(
                  TerminalText.line(workspace.relativize(one.folder()).toString()),
                  TerminalText.line(one.process())));
    }
    int folders = cleaning.removed().size();
    lines.add(
        "%s %d folder%s, %s, from %s"
            .formatted(
                dryRun ? "would remove" : "removed",
                folders,
                folders == 1 ? "" : "s",
                Sizes.bytes(cleaning.bytes()),
                TerminalText.line(workspace.toString())));
    return String.join("\n", lines);
  }
}
