package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.io.LocalInputFile;

/** Reads back what a command on files of rows wrote, by Parquet's own reader. */
final class WrittenRows {
  private WrittenRows() {}

  /** The rows of the first part of a folder, in its order. */
  static List<GenericRecord> of(Path folder) throws IOException {
    var rows = new ArrayList<GenericRecord>();
    try (var reader =
        AvroParquetReader.<GenericRecord>builder(
                new LocalInputFile(folder.resolve("part-00000.parquet")))
            .withDataModel(GenericData.get())
            .withConf(new PlainParquetConfiguration())
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
