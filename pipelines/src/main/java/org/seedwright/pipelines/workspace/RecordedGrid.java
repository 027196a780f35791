package org.seedwright.pipelines.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code cells.json} says of an ablation. It is written before the first cell is computed.
 *
 * @param name name of the experiment
 * @param runs the runs that its cells are kept as, by the names of the cells, in the grid's order
 */
public record RecordedGrid(String name, Map<String, String> runs) {
  /** The file's name inside the folder of an ablation. */
  public static final String FILE = "cells.json";

  /** The layout that is written, and the only one so far. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  public RecordedGrid {
    runs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(runs));
  }

  /**
   * Reads the record of an ablation.
   *
   * @throws IOException if the file is not one, or of a format that this build does not read; the
   *     message names it
   */
  public static RecordedGrid read(Path file) throws IOException {
    JsonNode grid;
    try {
      grid = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IOException("%s: not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
    int format = grid.path("format").asInt(FORMAT);
    if (format != FORMAT) {
      throw new IOException(
          "%s: format %d is not readable by this build, which reads format %d"
              .formatted(file, format, FORMAT));
    }
    var runs = new LinkedHashMap<String, String>();
    for (JsonNode cell : grid.path("cells")) {
      runs.put(cell.path("name").asText(), cell.path("run").asText());
    }
    if (!grid.path("name").isTextual() || runs.isEmpty()) {
      throw new IOException("%s: not the record of an ablation: it names no cell".formatted(file));
    }
    return new RecordedGrid(grid.path("name").asText(), runs);
  }
}
