package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** Rows that are in memory anyway, as a table: written and read without a job. */
final class SmallTable {
  /** The folder is one attempt's, so one writer's. */
  private static final String ATTEMPT = "whole";

  private SmallTable() {}

  /** Writes all parts. Ids are digits and letters. */
  static <T extends Record> void write(Table<T> table, TableFolder folder, Collection<T> rows)
      throws IOException {
    write(table, folder, rows, table::id);
  }

  /** Writes all parts, rows of equal key into the same. */
  static <T extends Record> void write(
      Table<T> table, TableFolder folder, Collection<T> rows, Function<T, String> shardKey)
      throws IOException {
    List<List<T>> byShard = new ArrayList<>();
    folder.shards().numbers().forEach(shard -> byShard.add(new ArrayList<>()));
    rows.forEach(row -> byShard.get(folder.shards().of(shardKey.apply(row))).add(row));
    for (int shard : folder.shards().numbers()) {
      List<T> ofShard = byShard.get(shard);
      ofShard.sort(Comparator.comparing(table::id));
      try (var part = new PartWriter<>(table, folder, shard, ATTEMPT)) {
        for (T row : ofShard) {
          part.write(row);
        }
        part.complete();
      }
    }
  }

  /** Reads all rows, by shard and id. */
  static <T extends Record> List<T> read(Table<T> table, TableFolder folder) throws IOException {
    var rows = new ArrayList<T>();
    for (int shard : folder.shards().numbers()) {
      try (var part = folder.open(table, shard)) {
        part.forEachRemaining(rows::add);
      }
    }
    return rows;
  }
}
