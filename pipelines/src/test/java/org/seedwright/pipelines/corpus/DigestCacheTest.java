package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestCacheTest {
  private static final String OF_A =
      "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
  private static final FileTime THEN = FileTime.from(Instant.parse("2024-01-02T03:04:05Z"));

  @TempDir private Path scratch;
  private Path file;
  private Path cacheFile;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(scratch.resolve("a b.py"), "a");
    Files.setLastModifiedTime(file, THEN);
    cacheFile = scratch.resolve("cache").resolve("digests.tsv");
  }

  private String digest() throws IOException {
    DigestCache cache = DigestCache.open(cacheFile);
    String digest = cache.sha256(file);
    cache.save();
    return digest;
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsNotReadAgain() throws IOException {
    assertThat(digest()).isEqualTo(OF_A);
    String planted = "0".repeat(64);
    Files.writeString(cacheFile, Files.readString(cacheFile).replace(OF_A, planted));

    assertThat(digest()).isEqualTo(planted);
  }

  @Test
  void aFileOfAnotherTimeOrSizeIsReadAgain() throws IOException {
    digest();
    Files.writeString(file, "b");
    Files.setLastModifiedTime(file, FileTime.fromMillis(THEN.toMillis() + 1));
    String other = digest();
    assertThat(other).isNotEqualTo(OF_A);

    Files.writeString(file, "bb");
    Files.setLastModifiedTime(file, FileTime.fromMillis(THEN.toMillis() + 1));
    assertThat(digest()).isNotEqualTo(other);
  }

  @Test
  void aDamagedCacheOnlyCostsTime() throws IOException {
    Files.createDirectories(cacheFile.getParent());
    for (String damaged :
        new String[] {
          "",
          "nonsense\n\t\t\t\n",
          "%s\t1\t%d\n".formatted("0".repeat(64), 5),
          "%s\t1\tx\t%s\n".formatted("0".repeat(64), file),
          "\u00e9\u0000".repeat(100)
        }) {
      // ISO-8859-1: some of it is not UTF-8.
      Files.write(cacheFile, damaged.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(digest()).as(damaged).isEqualTo(OF_A);
    }
    assertThat(digest()).isEqualTo(OF_A);
  }

  @Test
  void aCacheThatLearntNothingIsNotWritten() throws IOException {
    DigestCache.open(cacheFile).save();

    assertThat(cacheFile).doesNotExist();
  }
}
