package org.seedwright.pipelines.table;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;

/**
 * A folder of parts on any Beam file system.
 *
 * @param stage the stage's folder, without a slash at its end
 * @param name the table's name inside it with a slash at its end, or nothing for the main table
 * @param shards how the table is cut
 */
public record TableFolder(String stage, String name, Shards shards) implements Serializable {
  public TableFolder {
    if (stage.endsWith("/") || (!name.isEmpty() && !name.endsWith("/"))) {
      throw new IllegalArgumentException("%s and %s do not make a folder".formatted(stage, name));
    }
  }

  /** Returns the folder's path, without a slash at its end. */
  public String path() {
    return name.isEmpty() ? stage : stage + "/" + name.substring(0, name.length() - 1);
  }

  /** Returns the path of a shard's part. */
  public String part(int shard) {
    return path() + "/" + shards.part(shard);
  }

  /** Opens the part of a shard. */
  public <T extends Record> ParquetRows.Reader<T> open(Table<T> table, int shard)
      throws IOException {
    return ParquetRows.open(table, part(shard));
  }

  /**
   * Reads the summaries that the writers of the parts left.
   *
   * @throws IOException if the summary of a shard is not there, that is, the table is not whole
   */
  public List<PartSummary> summaries() throws IOException {
    var summaries = new ArrayList<PartSummary>();
    for (int shard : shards.numbers()) {
      String file = path() + "/." + shards.part(shard) + ".json";
      try (var in =
          Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
        String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        summaries.add(PartSummary.parse(file, json));
      }
    }
    return summaries;
  }
}
