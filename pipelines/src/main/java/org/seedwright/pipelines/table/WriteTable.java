package org.seedwright.pipelines.table;

import java.io.IOException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes rows as a table: sharded by the hash of their id, sorted by id, one writer a shard; the
 * bytes are the same on every runner, at any parallelism and in any order of arrival. Two rows of
 * one id fail the job.
 */
public final class WriteTable<T extends Record> extends PTransform<PCollection<T>, PDone> {
  private final Table<T> table;
  private final TableFolder folder;

  private WriteTable(Table<T> table, TableFolder folder) {
    this.table = table;
    this.folder = folder;
  }

  public static <T extends Record> WriteTable<T> to(Table<T> table, TableFolder folder) {
    return new WriteTable<>(table, folder);
  }

  @Override
  public PDone expand(PCollection<T> rows) {
    Table<T> rowTable = table;
    SerializableFunction<T, String> id = rowTable::id;
    rows.apply("SortById", SortShards.of(table, folder.shards(), id, id, new Part<>(table, folder)))
        .setCoder(VarIntCoder.of());
    return PDone.in(rows.getPipeline());
  }

  private record Part<T extends Record>(Table<T> table, TableFolder folder)
      implements SortShards.Visitor<T, Integer> {
    @Override
    public void visit(int shard, Iterator<T> rows, DoFn.OutputReceiver<Integer> out)
        throws IOException {
      // A name for a file that nobody reads; no row depends on it.
      String attempt = UUID.randomUUID().toString();
      try (var part = new PartWriter<>(table, folder, shard, attempt)) {
        while (rows.hasNext()) {
          part.write(rows.next());
        }
        part.complete();
      }
    }
  }
}
