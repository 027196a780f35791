package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @Test
  void foldersAreNamedByStageAndFingerprintAndByRun() {
    var workspace = new Workspace("gs://bucket/work");

    assertThat(workspace.stageFolder("evolve-2", "0123456789abcdef".repeat(4)))
        .isEqualTo("gs://bucket/work/stages/evolve-2-0123456789abcdef");
    assertThat(workspace.runFolder("first")).isEqualTo("gs://bucket/work/runs/first");
  }

  @Test
  void aFolderIsLocalUnlessASchemeComesBeforeIt() {
    assertThat(new Workspace("/home/ada/work").isLocal()).isTrue();
    assertThat(new Workspace("work").isLocal()).isTrue();
    assertThat(new Workspace("s3://bucket/work").isLocal()).isFalse();
    assertThat(new Workspace("hdfs://host:9000/work").isLocal()).isFalse();
  }

  @Test
  void aRootWithASlashAtItsEndIsRefused() {
    for (String root : new String[] {"", "/work/"}) {
      assertThatThrownBy(() -> new Workspace(root))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(root + " is not a folder without a slash");
    }
  }

  @Test
  void aManifestThatIsDamagedIsRefusedByItsFile(@TempDir Path root) throws IOException {
    var workspace = new Workspace(root.toString());
    String stage = workspace.stageFolder("seeds", "0123456789abcdef".repeat(4));
    assertThat(workspace.manifest(stage)).isEmpty();
    Files.createDirectories(Path.of(stage));
    assertThat(workspace.manifest(stage)).isEmpty();
    Files.writeString(Path.of(stage, "_manifest.json"), "{");

    assertThatThrownBy(() -> workspace.manifest(stage))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(stage + "/_manifest.json: not a manifest: ");
  }
}
