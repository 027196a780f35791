package org.seedwright.pipelines.rows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** Parquet files of one schema. */
final class ParquetFormat implements RowFiles.Format {
  private final RowSchema schema;

  private ParquetFormat(RowSchema schema) {
    this.schema = schema;
  }

  static ParquetFormat of(List<Path> files) throws IOException {
    Optional<Schema> first = Optional.empty();
    for (Path file : files) {
      try (var reader = open(file)) {
        Optional<Schema> schema = next(file, reader).map(GenericRecord::getSchema);
        if (first.isPresent()
            && schema.isPresent()
            && !fields(first.get()).equals(fields(schema.get()))) {
          throw new RowFileException(
              "%s: its columns %s are not those of the first file, %s"
                  .formatted(file, fields(schema.get()), fields(first.get())));
        }
        first = first.or(() -> schema);
      }
    }
    Map<String, Schema> columns = new LinkedHashMap<>();
    first.ifPresent(
        schema -> schema.getFields().forEach(field -> columns.put(field.name(), field.schema())));
    return new ParquetFormat(new RowSchema(columns));
  }

  private static List<String> fields(Schema schema) {
    return schema.getFields().stream()
        .map(field -> "%s %s".formatted(field.name(), field.schema()))
        .toList();
  }

  @Override
  public RowSchema schema() {
    return schema;
  }

  @Override
  public void read(Path file, RowFiles.Sink<Supplier<List<Row>>> batches) throws IOException {
    try (var reader = open(file)) {
      long number = 1;
      Optional<GenericRecord> record = next(file, reader);
      while (record.isPresent()) {
        List<GenericRecord> batch = new ArrayList<>(RowFiles.BATCH);
        long from = number;
        while (record.isPresent() && batch.size() < RowFiles.BATCH) {
          batch.add(record.get());
          number++;
          record = next(file, reader);
        }
        batches.take(() -> rows(file, from, batch));
      }
    }
  }

  private static List<Row> rows(Path file, long from, List<GenericRecord> batch) {
    List<Row> rows = new ArrayList<>(batch.size());
    for (GenericRecord record : batch) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Schema.Field field : record.getSchema().getFields()) {
        Object value = record.get(field.pos());
        values.put(field.name(), value instanceof CharSequence text ? text.toString() : value);
      }
      rows.add(new Row("%s, row %d".formatted(file, from + rows.size()), values, encoded(record)));
    }
    return rows;
  }

  private static byte[] encoded(GenericRecord record) {
    try {
      var bytes = new ByteArrayOutputStream(1024);
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParquetReader<GenericRecord> open(Path file) throws IOException {
    return AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file))
        .withDataModel(GenericData.get())
        .withConf(new PlainParquetConfiguration())
        .set(AvroReadSupport.READ_INT96_AS_FIXED, "true")
        .build();
  }

  private static Optional<GenericRecord> next(Path file, ParquetReader<GenericRecord> reader) {
    try {
      return Optional.ofNullable(reader.read());
    } catch (IOException | RuntimeException e) {
      throw new RowFileException("%s: not a readable Parquet file: %s".formatted(file, e));
    }
  }
}
