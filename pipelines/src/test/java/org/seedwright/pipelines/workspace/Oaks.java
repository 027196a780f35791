package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;

/** Finished stages of a few rows, and runs that name them. */
final class Oaks {
  private static final Shards SHARDS = new Shards(2);

  record Oak(String id, int rings) {}

  private Oaks() {}

  /** Writes a finished stage and returns its folder. */
  static Path stage(Path root, String name, String fingerprint) throws IOException {
    var workspace = new Workspace(root.toString());
    String folder = workspace.stageFolder(name, fingerprint);
    Table<Oak> table = Table.of(Oak.class);
    try (var attempt = StageAttempt.begin(workspace, folder, SHARDS)) {
      int rows = 0;
      for (int shard : SHARDS.numbers()) {
        try (var part = new PartWriter<>(table, attempt.table(""), shard, "only")) {
          for (int i = 0; i < 10; i++) {
            var oak = new Oak("oak-" + i, i);
            if (SHARDS.of(oak.id()) == shard) {
              part.write(oak);
              rows++;
            }
          }
          part.complete();
        }
      }
      var units = new Units(rows, rows, Map.of(), 0, 0);
      attempt.commit(
          new StageManifest(
              StageManifest.FORMAT,
              name,
              1,
              fingerprint,
              "{}",
              Map.of(),
              SHARDS.count(),
              units,
              attempt.contentHash().toString(),
              attempt.files(),
              TeacherUse.NONE,
              0.25,
              "none",
              Map.of()));
    }
    return Path.of(folder);
  }

  /** Writes the record of a run of one stage. */
  static Path run(Path root, String run, String stage, String fingerprint) throws IOException {
    Path folder = Files.createDirectories(root.resolve("runs").resolve(run));
    return Files.writeString(
        folder.resolve("run.json"),
        "{\"run\":\"%s\",\"stages\":[{\"name\":\"%s\",\"fingerprint\":\"%s\"}]}"
            .formatted(run, stage, fingerprint));
  }

  static StageFiles files(Path root, Path stage) throws IOException {
    return new StageFiles(
        stage.toString(), new Workspace(root.toString()).manifest(stage.toString()).orElseThrow());
  }
}
