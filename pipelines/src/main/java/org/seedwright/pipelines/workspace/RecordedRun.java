package org.seedwright.pipelines.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code run.json} says of a run. It is written before the first stage is computed, so a stage
 * that it names may not be there.
 *
 * @param name name of the experiment
 * @param written when the run was last begun; for ordering and for people, no row depends on it
 * @param fingerprints of its stages by their names, in the run's order
 * @param settings the resolved experiment: values as JSON by the paths of their keys, such as
 *     {@code evolve.rounds}, in the file's order
 */
public record RecordedRun(
    String name, FileTime written, Map<String, String> fingerprints, Map<String, String> settings) {
  /** The file's name inside the folder of a run. */
  public static final String FILE = "run.json";

  /** The layout that is written, and the only one so far. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  public RecordedRun {
    fingerprints = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fingerprints));
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads the record of a run.
   *
   * @throws IOException if the file is not one, or of a format that this build does not read; the
   *     message names it
   */
  public static RecordedRun read(Path file) throws IOException {
    JsonNode run;
    try {
      run = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IOException("%s: not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
    int format = run.path("format").asInt(FORMAT);
    if (format != FORMAT) {
      throw new IOException(
          "%s: format %d is not readable by this build, which reads format %d"
              .formatted(file, format, FORMAT));
    }
    var fingerprints = new LinkedHashMap<String, String>();
    for (JsonNode stage : run.path("stages")) {
      fingerprints.put(stage.path("name").asText(), stage.path("fingerprint").asText());
    }
    if (!run.path("run").isTextual() || fingerprints.isEmpty()) {
      throw new IOException(
          "%s: not the record of a run: it names no run or no stage".formatted(file));
    }
    var settings = new LinkedHashMap<String, String>();
    addSettings("", run.path("resolved"), settings);
    return new RecordedRun(
        run.path("run").asText(), Files.getLastModifiedTime(file), fingerprints, settings);
  }

  /** A list is one value: its elements have no names to compare them by. */
  private static void addSettings(String prefix, JsonNode keys, Map<String, String> settings) {
    for (Map.Entry<String, JsonNode> entry : keys.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
        addSettings(key + ".", entry.getValue(), settings);
      } else {
        settings.put(key, entry.getValue().toString());
      }
    }
  }
}
