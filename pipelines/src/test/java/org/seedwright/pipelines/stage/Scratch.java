package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;

/** Runs a transform on rows and reads back what it wrote. */
record Scratch(Path folder) {
  private static final Shards SHARDS = new Shards(2);

  void run(Consumer<Pipeline> build) {
    var engine = new DirectEngine();
    Pipeline pipeline = Pipeline.create(engine.options("scratch"));
    build.accept(pipeline);
    engine.run(pipeline);
  }

  static <T extends Record> PCollection<T> rows(Pipeline pipeline, Class<T> type, List<T> rows) {
    return pipeline.apply("Rows", Create.of(rows).withCoder(Table.of(type).coder()));
  }

  <T extends Record> void write(String table, Class<T> type, PCollection<T> rows) {
    rows.setCoder(Table.of(type).coder())
        .apply("Write-" + table, WriteTable.to(Table.of(type), table(table)));
  }

  <T extends Record> List<T> read(String table, Class<T> type) throws IOException {
    var rows = new ArrayList<T>();
    for (int shard : SHARDS.numbers()) {
      try (var part = table(table).open(Table.of(type), shard)) {
        part.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  private TableFolder table(String name) {
    return new TableFolder(folder.resolve(name).toString(), "", SHARDS);
  }
}
