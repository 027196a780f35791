package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerCodeTest {
  private static final String OWN = "org/seedwright/pipelines/engine/WorkerCode.class";

  @TempDir Path scratch;

  @Test
  void anAbsentJarIsRefusedWithTheCommandThatMakesIt() {
    Path absent = scratch.resolve("absent.jar");

    assertThatThrownBy(() -> WorkerCode.of(absent).placeIn(scratch))
        .isInstanceOf(ClusterUnusableException.class)
        .hasMessage("there is no worker jar %s; make it by: %s", absent, WorkerCode.BUILD);
  }

  @Test
  void aJarOfOtherSourcesIsRefusedByTheClassThatDiffers() throws IOException {
    Path stale = scratch.resolve("stale.jar");
    write(stale, OWN, new ByteArrayInputStream(new byte[] {1}));

    assertThatThrownBy(() -> WorkerCode.of(stale).placeIn(scratch))
        .isInstanceOf(ClusterUnusableException.class)
        .hasMessageContaining("stale.jar was made from another state of the sources")
        .hasMessageContaining(OWN);
  }

  @Test
  void aJarOfSomethingElseIsRefused() throws IOException {
    Path other = scratch.resolve("other.jar");
    write(other, "other/Main.class", new ByteArrayInputStream(new byte[] {1}));

    assertThatThrownBy(() -> WorkerCode.of(other).placeIn(scratch))
        .isInstanceOf(ClusterUnusableException.class)
        .hasMessageContaining("other.jar is no worker jar of Seedwright");
  }

  @Test
  void theJarIsCopiedOnceUnderItsContent() throws IOException {
    Path jar = scratch.resolve("worker.jar");
    write(jar, OWN, own());

    Path first = WorkerCode.of(jar).placeIn(scratch.resolve("cache"));
    Files.writeString(first, "left as it is");
    Path second = WorkerCode.of(jar).placeIn(scratch.resolve("cache"));

    assertThat(second).isEqualTo(first).hasContent("left as it is");
    assertThat(first.getFileName().toString()).matches("worker-[0-9a-f]{16}[.]jar");
    try (var files = Files.list(scratch.resolve("cache"))) {
      assertThat(files).containsExactly(first);
    }
  }

  private static InputStream own() {
    return WorkerCode.class.getClassLoader().getResourceAsStream(OWN);
  }

  private static void write(Path jar, String name, InputStream content) throws IOException {
    try (content;
        var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      content.transferTo(out);
      out.closeEntry();
    }
  }
}
