package org.seedwright.pipelines.workspace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * A workspace on any Beam file system.
 *
 * @param root its folder, without a slash at its end
 */
public record Workspace(String root) {
  public Workspace {
    if (root.isEmpty() || root.endsWith("/")) {
      throw new IllegalArgumentException("%s is not a folder without a slash".formatted(root));
    }
  }

  /** Returns whether it is on the local file system and not behind a scheme such as gs. */
  boolean isLocal() {
    return !root.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
  }

  /** Returns the folder of a stage of this fingerprint; the first 16 digits name it. */
  public String stageFolder(String stage, String fingerprint) {
    return "%s/stages/%s-%s".formatted(root, stage, fingerprint.substring(0, 16));
  }

  /** Returns the folder of a run. */
  public String runFolder(String run) {
    return "%s/runs/%s".formatted(root, run);
  }

  /** Returns the manifest of a stage folder, or nothing if the folder is unfinished or absent. */
  public Optional<StageManifest> manifest(String stageFolder) throws IOException {
    String file = stageFolder + "/" + StageManifest.FILE;
    Optional<String> json = read(file);
    return json.isEmpty() ? Optional.empty() : Optional.of(StageManifest.parse(file, json.get()));
  }

  /** Returns a text file's contents, or nothing if it is not there. */
  static Optional<String> read(String file) throws IOException {
    MatchResult match = FileSystems.match(file, EmptyMatchTreatment.ALLOW);
    List<MatchResult.Metadata> found = match.metadata();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (var in = Channels.newInputStream(FileSystems.open(found.get(0).resourceId()))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
