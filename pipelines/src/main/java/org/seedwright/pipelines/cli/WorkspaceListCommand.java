package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seedwright.pipelines.store.StoreLook;
import org.seedwright.pipelines.workspace.RecordedRun;
import org.seedwright.pipelines.workspace.StageFolder;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.WorkspaceContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code workspace list}: stages, stores and runs. Changes nothing. */
@Command(
    name = "list",
    description =
        "Lists stages with their size and the runs that use them, what unfinished attempts left"
            + " behind, response stores and runs.",
    footer = {
      "",
      "Examples:",
      "  ./seedwright workspace list",
      "  ./seedwright workspace list --workspace /data/ws --json"
    })
final class WorkspaceListCommand implements Callable<Integer> {
  @Mixin private WorkspaceOption workspaceOption;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    WorkspaceFiles files = workspaceOption.open();
    WorkspaceContents contents = WorkspaceContents.of(files.folder());
    List<StoreLook> stores = stores(files);
    var object = new LinkedHashMap<String, Object>();
    object.put("workspace", files.folder().toString());
    object.put("exists", Files.isDirectory(files.folder()));
    object.put("stages", stages(contents));
    object.put("unfinished", unfinished(contents));
    object.put("stores", stores.stream().map(WorkspaceListCommand::json).toList());
    object.put("runs", contents.runs().stream().map(run -> json(run, contents)).toList());
    output.object(object);
    output.text(text(files, contents, stores));
    return ExitCode.DONE;
  }

  private static List<StoreLook> stores(WorkspaceFiles files) throws IOException {
    Path folder = files.store().getParent();
    var stores = new ArrayList<StoreLook>();
    if (Files.isDirectory(folder)) {
      try (var list = Files.list(folder)) {
        for (Path file :
            list.filter(path -> path.toString().endsWith(".sqlite")).sorted().toList()) {
          stores.add(StoreLook.at(file));
        }
      }
    }
    return stores;
  }

  private static List<Map<String, Object>> stages(WorkspaceContents contents) throws IOException {
    var stages = new ArrayList<Map<String, Object>>();
    for (StageFolder folder : contents.stages()) {
      var stage = new LinkedHashMap<String, Object>();
      stage.put("folder", folder.path().toString());
      folder.manifest().ifPresent(manifest -> describe(manifest, contents, stage));
      folder.unreadable().ifPresent(problem -> stage.put("unreadable", problem));
      stage.put("bytes", folder.bytes());
      stages.add(stage);
    }
    return stages;
  }

  private static void describe(
      StageManifest manifest, WorkspaceContents contents, Map<String, Object> stage) {
    stage.put("name", manifest.stage());
    stage.put("fingerprint", manifest.fingerprint());
    stage.put("rows", manifest.units().out());
    stage.put("rejected", manifest.units().rejectedInAll());
    stage.put("notSelected", manifest.units().notSelected());
    stage.put("usedBy", contents.usedBy(manifest));
  }

  private static List<Map<String, Object>> unfinished(WorkspaceContents contents)
      throws IOException {
    var unfinished = new ArrayList<Map<String, Object>>();
    for (StageFolder folder : contents.unfinished()) {
      unfinished.add(Map.of("folder", folder.path().toString(), "bytes", folder.bytes()));
    }
    return unfinished;
  }

  private static Map<String, Object> json(StoreLook look) {
    var store = new LinkedHashMap<String, Object>();
    store.put("file", look.place());
    store.put("bytes", look.bytes());
    look.replies().ifPresent(replies -> store.put("replies", replies));
    look.owner().ifPresent(owner -> store.put("inUseBy", owner));
    look.problem().ifPresent(problem -> store.put("problem", problem));
    return store;
  }

  private static Map<String, Object> json(RecordedRun run, WorkspaceContents contents) {
    var object = new LinkedHashMap<String, Object>();
    object.put("name", run.name());
    object.put("begun", run.written().toString());
    object.put("stages", run.fingerprints().size());
    object.put("finished", finished(run, contents));
    return object;
  }

  private static long finished(RecordedRun run, WorkspaceContents contents) {
    return run.fingerprints().entrySet().stream()
        .filter(stage -> contents.stage(stage.getKey(), stage.getValue()).isPresent())
        .count();
  }

  private static String text(
      WorkspaceFiles files, WorkspaceContents contents, List<StoreLook> stores) throws IOException {
    String name = TerminalText.line(files.folder().toString());
    if (!Files.isDirectory(files.folder())) {
      return "workspace %s: not there yet".formatted(name);
    }
    var text = new StringBuilder("workspace " + name + "\n");
    section(text, "stages", stageTable(contents));
    section(text, "unfinished attempts (in progress or left behind)", unfinishedTable(contents));
    section(text, "response stores", storeTable(files, stores));
    section(text, "runs", runTable(contents));
    return text.toString().stripTrailing();
  }

  private static void section(StringBuilder text, String title, TextTable table) {
    text.append('\n').append(title).append(table.isEmpty() ? ": none\n" : "\n");
    if (!table.isEmpty()) {
      text.append(table.toString().indent(2));
    }
  }

  private static TextTable stageTable(WorkspaceContents contents) throws IOException {
    var table =
        TextTable.of("stage", "fingerprint", "rows", "rejected", "aside", "size", "used by");
    for (StageFolder folder : contents.stages()) {
      if (folder.manifest().isEmpty()) {
        table.add(
            folder.name(),
            "",
            "",
            "",
            "",
            Sizes.bytes(folder.bytes()),
            "unreadable: " + folder.unreadable().orElse(""));
        continue;
      }
      StageManifest manifest = folder.manifest().get();
      List<String> users = contents.usedBy(manifest);
      table.add(
          manifest.stage(),
          manifest.fingerprint().substring(0, 16),
          Sizes.count(manifest.units().out()),
          Sizes.count(manifest.units().rejectedInAll()),
          Sizes.count(manifest.units().notSelected()),
          Sizes.bytes(folder.bytes()),
          users.isEmpty() ? "no run" : String.join(", ", users));
    }
    return table;
  }

  private static TextTable unfinishedTable(WorkspaceContents contents) throws IOException {
    var table = TextTable.of("folder", "size");
    for (StageFolder folder : contents.unfinished()) {
      table.add(folder.name(), Sizes.bytes(folder.bytes()));
    }
    return table;
  }

  private static TextTable storeTable(WorkspaceFiles files, List<StoreLook> stores) {
    var table = TextTable.of("file", "replies", "size", "");
    for (StoreLook store : stores) {
      table.add(
          files.folder().relativize(Path.of(store.place())).toString(),
          store.replies().map(Sizes::count).orElse("unknown"),
          Sizes.bytes(store.bytes()),
          store.owner().map(owner -> "in use by process " + owner).or(store::problem).orElse(""));
    }
    return table;
  }

  private static TextTable runTable(WorkspaceContents contents) {
    var table = TextTable.of("run", "begun", "stages finished");
    for (RecordedRun run : contents.runs()) {
      table.add(
          run.name(),
          run.written().toInstant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
          "%d of %d".formatted(finished(run, contents), run.fingerprints().size()));
    }
    return table;
  }
}
