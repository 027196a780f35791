package org.seedwright.pipelines.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Writes rows as Parquet parts of a folder, {@code part-00000.parquet} and on, in the order in
 * which they come; a folder without rows has one part without rows.
 */
public final class RowParts implements Closeable {
  /** Rows of a part but the last. */
  public static final int ROWS = 500_000;

  private final Path folder;
  private final RowSchema schema;
  private final Schema avro;
  private ParquetWriter<GenericRecord> part;
  private long rows;

  public RowParts(Path folder, RowSchema schema) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.schema = schema;
    this.avro = schema.avro();
    this.part = open(0);
  }

  /** What {@link #write} takes; may be made by any thread. */
  public GenericRecord record(Row row, Map<String, Object> more) {
    return schema.record(avro, row.values(), more);
  }

  /** Appends a row. */
  public void write(GenericRecord row) throws IOException {
    if (rows > 0 && rows % ROWS == 0) {
      part.close();
      part = open((int) (rows / ROWS));
    }
    part.write(row);
    rows++;
  }

  /** How many rows were written. */
  public long rows() {
    return rows;
  }

  private ParquetWriter<GenericRecord> open(int number) throws IOException {
    return AvroParquetWriter.<GenericRecord>builder(
            new LocalOutputFile(folder.resolve("part-%05d.parquet".formatted(number))))
        .withSchema(avro)
        .withDataModel(GenericData.get())
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .config(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, "false")
        .build();
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
