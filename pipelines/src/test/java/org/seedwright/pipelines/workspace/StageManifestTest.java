package org.seedwright.pipelines.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageManifestTest {
  static final StageManifest MANIFEST =
      manifest(
          2,
          new TeacherUse(
              7,
              4,
              2,
              1,
              1000,
              2000,
              3,
              1_500_000_000L,
              250_000_000L,
              9_007_199_254_740_993L,
              List.of(
                  new Spend("evolve", 2, "deepen@1", 4, 1, 1_000_000_000L, 400, 900, 1),
                  new Spend("judge", 2, "deepen@1", 3, 1, 500_000_000L, 600, 1100, 2))));

  private static StageManifest manifest(int format, TeacherUse use) {
    return new StageManifest(
        format,
        "seeds",
        3,
        "0123456789abcdef".repeat(4),
        "{\"perFile\":1,\"source\":\"Kräuter \\\"x\\\"\"}",
        Map.of("sources", "ab".repeat(32)),
        2,
        new Units(10, 5, Map.of("too-short", 3L, "duplicate", 1L), 0, 1),
        "5-" + "0c".repeat(32),
        List.of(
            new StageManifest.FileEntry(
                "part-00000-of-00002.parquet", "aa".repeat(32), 9007199254740993L, 2),
            new StageManifest.FileEntry(
                "rejected/part-00000-of-00002.parquet", "bb".repeat(32), 1234, 4)),
        use,
        12.5,
        "4e8e1ea",
        Map.of("beam", "2.70.0", "parquet", "1.18.1"));
  }

  @Test
  void aManifestIsReadBackFromItsText() throws IOException {
    assertThat(StageManifest.parse("m", MANIFEST.json())).isEqualTo(MANIFEST);
  }

  /** The files were written by the first build that had the format and are never written again. */
  @Test
  void manifestsThatEarlierBuildsWroteAreRead() throws IOException {
    assertThat(StageManifest.parse("m", kept(2))).isEqualTo(MANIFEST);
    assertThat(StageManifest.parse("m", kept(1)))
        .as("format 1 knew no money")
        .isEqualTo(manifest(1, new TeacherUse(7, 4, 2, 1, 1000, 2000, 0, 0, 0, 0, List.of())));
  }

  /** Where this fails, a later build may not read what this one writes: think of the format. */
  @Test
  void theTextIsThatOfTheEarlierBuild() {
    assertThat(MANIFEST.json()).isEqualTo(kept(2));
  }

  @Test
  void anotherFormatIsRefusedByName() {
    for (int format : new int[] {0, 3}) {
      assertThatThrownBy(
              () ->
                  StageManifest.parse(
                      "/w/_manifest.json",
                      kept(2).replace("\"format\" : 2", "\"format\" : " + format)))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "/w/_manifest.json: format %d is not readable by this build, which reads formats 1 to 2"
                  .formatted(format));
    }
  }

  @Test
  void aManifestWithoutOneOfItsFieldsIsRefusedByTheField() throws IOException {
    for (String field : fields()) {
      ObjectNode without = (ObjectNode) new ObjectMapper().readTree(kept(2));
      without.remove(field);
      ObjectNode withNull = (ObjectNode) new ObjectMapper().readTree(kept(2));
      withNull.putNull(field);

      for (ObjectNode broken : List.of(without, withNull)) {
        assertThatThrownBy(() -> StageManifest.parse("/w/_manifest.json", broken.toString()))
            .as(field)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("/w/_manifest.json: not a manifest: ")
            .hasMessageContaining(field);
      }
    }
  }

  @Test
  void whatIsNoManifestIsRefusedByName() {
    for (String text : List.of("", "{", "[]", "null", "{\"format\": \"1\"}", "{\"format\": 1}")) {
      assertThatThrownBy(() -> StageManifest.parse("/w/_manifest.json", text))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("/w/_manifest.json: not a manifest: ");
    }
  }

  private static List<String> fields() throws IOException {
    var fields = new java.util.ArrayList<String>();
    new ObjectMapper().readTree(kept(2)).fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static String kept(int format) {
    try (var in =
        StageManifestTest.class.getResourceAsStream(
            "/manifests/format-%d.json".formatted(format))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
