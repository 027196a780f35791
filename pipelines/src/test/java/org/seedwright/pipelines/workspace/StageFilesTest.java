package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFilesTest {
  private static final String FINGERPRINT = "0123456789abcdef".repeat(4);
  private static final String ALTERED =
      "its SHA-256 is not that of the manifest: bytes in it were altered";

  @TempDir Path root;
  private Path stage;
  private Path part;
  private StageFiles files;

  @BeforeEach
  void write() throws IOException {
    stage = Oaks.stage(root, "oaks", FINGERPRINT);
    part = stage.resolve("part-00001-of-00002.parquet");
    files = Oaks.files(root, stage);
  }

  @Test
  void aStageAsItWasWrittenPasses() throws IOException {
    files.requireWhole();
    files.requireUnaltered();
    assertThat(files.flaws()).isEmpty();
  }

  @Test
  void whateverByteIsFlippedIsFoundAndTheFileIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(part);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(part, flipped);

      files.requireWhole();
      assertThat(files.flaws())
          .as("byte %d", at)
          .containsExactly(new FlawedFile(part.toString(), ALTERED));
    }
  }

  @Test
  void theMessageNamesTheFileAndSaysWhatToDo() throws IOException {
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length - 1] ^= 1;
    Files.write(part, bytes);

    assertThatThrownBy(files::requireUnaltered)
        .isInstanceOf(DamagedStageException.class)
        .hasMessage(
            "%s: %s%nThe stage was damaged after it was written and is left as it is. Remove it (./seedwright workspace clean --damaged, or the folder %s by hand) and run again: it is computed anew, with the replies that the response store holds."
                .formatted(part, ALTERED, stage));
    files.requireUnaltered(file -> !file.startsWith("part-00001"));
  }

  @Test
  void aMissingAndACutFileAreFoundWithoutReadingAny() throws IOException {
    Path other = stage.resolve("part-00000-of-00002.parquet");
    long bytes = Files.size(other);
    Files.delete(part);
    Files.write(other, new byte[] {'P', 'A', 'R', '1'});

    assertThatThrownBy(files::requireWhole)
        .isInstanceOf(DamagedStageException.class)
        .hasMessageStartingWith(
            "%s: has 4 bytes, but the manifest says %d%n%s: is not there, but the manifest names it%n"
                .formatted(other, bytes, part));
  }

  @Test
  void aFileThatTheManifestDoesNotNameIsNobodysBusiness() throws IOException {
    Files.writeString(stage.resolve("notes.txt"), "mine");

    assertThat(files.flaws()).isEmpty();
  }
}
