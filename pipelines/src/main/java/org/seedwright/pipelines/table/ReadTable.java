package org.seedwright.pipelines.table;

import java.io.IOException;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Reads a table's rows, a shard at a time. */
public final class ReadTable<T extends Record> extends PTransform<PBegin, PCollection<T>> {
  private final Table<T> table;
  private final TableFolder folder;

  private ReadTable(Table<T> table, TableFolder folder) {
    this.table = table;
    this.folder = folder;
  }

  public static <T extends Record> ReadTable<T> from(Table<T> table, TableFolder folder) {
    return new ReadTable<>(table, folder);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply("Shards", Create.of(folder.shards().numbers()).withCoder(VarIntCoder.of()))
        .apply("Rows", ParDo.of(new Rows<>(table, folder)))
        .setCoder(table.coder());
  }

  private static final class Rows<T extends Record> extends DoFn<Integer, T> {
    private final Table<T> table;
    private final TableFolder folder;

    Rows(Table<T> table, TableFolder folder) {
      this.table = table;
      this.folder = folder;
    }

    @ProcessElement
    public void read(@Element Integer shard, OutputReceiver<T> out) throws IOException {
      try (var rows = folder.open(table, shard)) {
        while (rows.hasNext()) {
          out.output(rows.next());
        }
      }
    }
  }
}
