package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * What is wrong with the finished stages and the records of runs of a local workspace. Every file
 * that a manifest names is read; nothing is changed.
 *
 * @param stages how many finished stages there are
 * @param files how many files these have
 * @param flaws what is wrong, one file each
 */
public record WorkspaceCheck(int stages, long files, List<FlawedFile> flaws) {
  public WorkspaceCheck {
    flaws = List.copyOf(flaws);
  }

  /**
   * Checks a workspace.
   *
   * @throws IOException if a folder cannot be listed or a file cannot be read
   */
  public static WorkspaceCheck of(Path root) throws IOException {
    var flaws = new ArrayList<FlawedFile>();
    int stages = 0;
    long files = 0;
    for (StageFolder folder : WorkspaceContents.stageFolders(root)) {
      if (folder.unreadable().isPresent()) {
        // The message begins with the file.
        Path manifest = folder.path().resolve(StageManifest.FILE);
        flaws.add(
            new FlawedFile(
                manifest.toString(), folder.unreadable().get().replace(manifest + ": ", "")));
        stages++;
      } else if (folder.manifest().isPresent()) {
        StageManifest manifest = folder.manifest().get();
        stages++;
        files += manifest.files().size();
        flaws.addAll(ofManifest(folder, manifest));
        flaws.addAll(new StageFiles(folder.path().toString(), manifest).flaws());
      }
    }
    for (Path file : WorkspaceContents.runFiles(root)) {
      try {
        RecordedRun.read(file);
      } catch (IOException e) {
        flaws.add(
            new FlawedFile(
                file.toString(), String.valueOf(e.getMessage()).replace(file + ": ", "")));
      }
    }
    return new WorkspaceCheck(stages, files, flaws);
  }

  private record Input(String stage, String fingerprint) {}

  private record Ingredients(List<Input> inputs, int shards, String stage, int version) {}

  /** A manifest is not digested by anything, but what it says must agree with itself. */
  private static List<FlawedFile> ofManifest(StageFolder folder, StageManifest manifest) {
    Path file = folder.path().resolve(StageManifest.FILE);
    var flaws = new ArrayList<FlawedFile>();
    try {
      manifest.units().check(manifest.stage());
    } catch (IllegalStateException e) {
      flaws.add(new FlawedFile(file.toString(), "its ledger does not balance: " + e.getMessage()));
    }
    if (!folder.name().equals(nameOf(manifest))) {
      flaws.add(
          new FlawedFile(
              file.toString(),
              "it is of stage %s with fingerprint %s, which is not the name of its folder"
                  .formatted(manifest.stage(), manifest.fingerprint())));
    }
    if (!manifest.fingerprint().equals(fingerprint(manifest))) {
      flaws.add(
          new FlawedFile(
              file.toString(),
              "its fingerprint is not the digest of the configuration, inputs and version beside it"));
    }
    return flaws;
  }

  private static String nameOf(StageManifest manifest) {
    String fingerprint = manifest.fingerprint();
    return "%s-%s"
        .formatted(manifest.stage(), fingerprint.substring(0, Math.min(16, fingerprint.length())));
  }

  /** The digest that named the stage when it was planned; its configuration is canonical JSON. */
  private static String fingerprint(StageManifest manifest) {
    String rest =
        CanonicalJson.text(
            new Ingredients(
                manifest.inputs().entrySet().stream()
                    .map(input -> new Input(input.getKey(), input.getValue()))
                    .toList(),
                manifest.shards(),
                manifest.stage(),
                manifest.version()));
    String whole =
        "{\"configuration\":%s,%s".formatted(manifest.configuration(), rest.substring(1));
    return CanonicalJson.sha256Hex(whole.getBytes(StandardCharsets.UTF_8));
  }
}
