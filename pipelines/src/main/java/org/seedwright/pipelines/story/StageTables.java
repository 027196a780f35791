package org.seedwright.pipelines.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seedwright.analysis.TableFolder;
import org.seedwright.analysis.Tables;
import org.seedwright.analysis.Where;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;

/**
 * Finds rows in the tables of stages: by a full id in the one shard that can hold it, by the
 * beginning of an id or by another column in all of them. Nothing is held but the rows found. A
 * part is held against its manifest before it is read.
 */
final class StageTables {
  private final Tables tables;
  private final Map<String, List<String>> found = new LinkedHashMap<>();

  private final Set<Path> unaltered = new HashSet<>();

  StageTables(Tables tables) {
    this.tables = tables;
  }

  /** Returns the ids of a table that start with some digits, at most {@code limit}. */
  List<String> ids(FinishedStage stage, String table, String prefix, int limit) {
    return found.computeIfAbsent(
        "%s/%s %s %d".formatted(stage.folder(), table, prefix, limit),
        key -> {
          var parts = unaltered(stage, stage.parts(table));
          return parts.isEmpty()
              ? List.of()
              : tables.idsStartingWith(new TableFolder(parts), prefix, limit);
        });
  }

  /** Tells whether a table holds a row. */
  boolean has(FinishedStage stage, String table, String id) {
    return found
        .computeIfAbsent(
            "%s/%s = %s".formatted(stage.folder(), table, id),
            key -> {
              var parts = unaltered(stage, partsOf(stage, table, id));
              return parts.isEmpty()
                  ? List.of()
                  : tables.idsStartingWith(new TableFolder(parts), id, 1);
            })
        .contains(id);
  }

  /** Returns a row by its full id. */
  <T extends Record> Optional<T> find(FinishedStage stage, String table, Class<T> type, String id)
      throws IOException {
    if (!has(stage, table, id)) {
      return Optional.empty();
    }
    var folder = stage.table(table);
    try (var rows = folder.open(Table.of(type), folder.shards().of(id))) {
      while (rows.hasNext()) {
        T row = rows.next();
        if (Table.of(type).id(row).equals(id)) {
          return Optional.of(row);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the ids of the rows whose column has a value. */
  List<String> idsWhere(FinishedStage stage, String table, String column, String value) {
    var parts = unaltered(stage, stage.parts(table));
    if (parts.isEmpty()) {
      return List.of();
    }
    var ids = new ArrayList<String>();
    for (Map<String, String> row :
        tables.rows(new TableFolder(parts), stage.rows(table), 0, new Where(column, value))) {
      ids.add(row.get("id").replace("\"", ""));
    }
    ids.sort(null);
    return ids;
  }

  /** Returns the same parts; each was held against the manifest once. */
  private List<Path> unaltered(FinishedStage stage, List<Path> parts) {
    try {
      var fresh = parts.stream().filter(part -> !unaltered.contains(part)).toList();
      stage.requireUnaltered(fresh);
      unaltered.addAll(fresh);
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> partsOf(FinishedStage stage, String table, String id) {
    var shards = new Shards(stage.manifest().shards());
    String part = shards.part(shards.of(id));
    return stage.parts(table).stream()
        .filter(path -> path.getFileName().toString().equals(part))
        .toList();
  }
}
