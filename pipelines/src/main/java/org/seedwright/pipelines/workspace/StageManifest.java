package org.seedwright.pipelines.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a stage folder says of itself, written last: a folder without it is unfinished.
 *
 * @param format version of this file's layout; see {@link #FORMAT}
 * @param stage name of the stage
 * @param version the stage's own integer version
 * @param fingerprint digest of configuration, inputs and version, 64 hex digits
 * @param configuration what of the experiment can change a row, as canonical JSON
 * @param inputs fingerprints of the stages read, by their names
 * @param shards into how many parts each table is cut
 * @param units the ledger
 * @param contentHash of the main table
 * @param files every file of the folder but this one
 * @param teacher what was asked of teachers
 * @param seconds wall time of the computation
 * @param revision source revision that Seedwright was built from
 * @param libraries versions of the libraries that touch bytes
 */
public record StageManifest(
    int format,
    String stage,
    int version,
    String fingerprint,
    String configuration,
    Map<String, String> inputs,
    int shards,
    Units units,
    String contentHash,
    List<FileEntry> files,
    TeacherUse teacher,
    double seconds,
    String revision,
    Map<String, String> libraries) {
  /**
   * The layout that is written. Format 1, which is read too, had no money, no retries and no spend
   * by round and heuristic.
   */
  public static final int FORMAT = 2;

  private static final int OLDEST_FORMAT = 1;

  /** The file's name inside a stage folder. */
  public static final String FILE = "_manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /**
   * A file of the stage.
   *
   * @param file path inside the stage folder
   * @param sha256 of its bytes
   * @param bytes its length
   * @param rows rows in it; of an export, its lines
   */
  public record FileEntry(String file, String sha256, long bytes, long rows) {}

  public StageManifest {
    inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    files = List.copyOf(files);
    libraries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
  }

  String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @param file named in the error
   * @throws IOException if it is not a manifest, or of a format that this build does not read
   */
  static StageManifest parse(String file, String json) throws IOException {
    try {
      JsonNode node = JSON.readTree(json);
      JsonNode format = node.path("format");
      if (!format.isInt()) {
        throw new IOException("%s: not a manifest: it names no format".formatted(file));
      }
      if (format.intValue() < OLDEST_FORMAT || format.intValue() > FORMAT) {
        throw new IOException(
            "%s: format %d is not readable by this build, which reads formats %d to %d"
                .formatted(file, format.intValue(), OLDEST_FORMAT, FORMAT));
      }
      if (format.intValue() == OLDEST_FORMAT && node.path("teacher") instanceof ObjectNode use) {
        for (String field : List.of("retries", "paidNanoUsd", "failedNanoUsd", "repliesNanoUsd")) {
          use.put(field, 0);
        }
        use.putArray("spend");
      }
      return JSON.treeToValue(node, StageManifest.class);
    } catch (JsonMappingException e) {
      // The message of a null where a number must be does not name the field.
      String field =
          e.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .filter(Objects::nonNull)
              .collect(Collectors.joining("."));
      throw new IOException(
          "%s: not a manifest: %s: %s".formatted(file, field, e.getOriginalMessage()), e);
    } catch (JsonProcessingException e) {
      throw new IOException("%s: not a manifest: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }
}
