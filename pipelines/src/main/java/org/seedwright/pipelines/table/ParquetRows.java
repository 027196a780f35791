package org.seedwright.pipelines.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** One Parquet file of rows, on any Beam file system. */
public final class ParquetRows {
  /**
   * Bytes of a row group before it is compressed. Every part that is being written holds one in
   * memory; and where they outgrow the heap together, Parquet makes them smaller: with its own 128
   * MiB, equal rows would be other bytes on a smaller heap.
   */
  private static final long ROW_GROUP = 16L << 20;

  private ParquetRows() {}

  /** Takes rows one by one; closing it completes the file. */
  public interface Writer<T extends Record> extends Closeable {
    void write(T row) throws IOException;
  }

  /** The rows of a file in its order; must be closed. */
  public interface Reader<T extends Record> extends Iterator<T>, Closeable {}

  static <T extends Record> Writer<T> create(Table<T> table, OutputStream bytes)
      throws IOException {
    ParquetWriter<GenericRecord> parquet =
        AvroParquetWriter.<GenericRecord>builder(new StreamFile(bytes))
            .withSchema(table.schema())
            .withDataModel(GenericData.get())
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP)
            // Without it an array of records is not a list to DuckDB, and a null in it fails.
            .config(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, "false")
            .build();
    return new Writer<>() {
      @Override
      public void write(T row) throws IOException {
        parquet.write(table.toAvro(row));
      }

      @Override
      public void close() throws IOException {
        parquet.close();
      }
    };
  }

  /**
   * Opens a file. Pages are checked against the checksums that they were written with.
   *
   * @return the rows; where the file turns out to be damaged, or a row to be refused by its
   *     constructor, {@code next} throws an {@link UncheckedIOException} that names file and row
   * @throws java.io.FileNotFoundException if it is not there
   * @throws IOException if it is no readable Parquet file; the message names it
   */
  public static <T extends Record> Reader<T> open(Table<T> table, String file) throws IOException {
    var reader =
        new FileReader<>(
            table,
            file,
            AvroParquetReader.<GenericRecord>builder(new BeamInputFile(file))
                .withDataModel(GenericData.get())
                .withConf(new PlainParquetConfiguration())
                .set(AvroReadSupport.READ_INT96_AS_FIXED, "false")
                .usePageChecksumVerification()
                .build());
    try {
      reader.advance();
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** Returns a stream into a new file; the bytes are there once it is closed. */
  static OutputStream newFile(String file) throws IOException {
    return NewFile.create(file, "application/octet-stream");
  }

  private static final class FileReader<T extends Record> implements Reader<T> {
    private final Table<T> table;
    private final String file;
    private final ParquetReader<GenericRecord> parquet;
    private GenericRecord next;

    FileReader(Table<T> table, String file, ParquetReader<GenericRecord> parquet) {
      this.table = table;
      this.file = file;
      this.parquet = parquet;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public T next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      try {
        T row = row(next);
        advance();
        return row;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private T row(GenericRecord avro) throws IOException {
      try {
        return table.fromAvro(avro);
      } catch (RuntimeException e) {
        Object id = avro.hasField("id") ? avro.get("id") : "without an id";
        throw new IOException("%s: row %s is refused: %s".formatted(file, id, e.getMessage()), e);
      }
    }

    private void advance() throws IOException {
      try {
        next = parquet.read();
      } catch (IOException | RuntimeException e) {
        throw new IOException("%s: not a readable Parquet file: %s".formatted(file, e), e);
      }
    }

    @Override
    public void close() throws IOException {
      parquet.close();
    }
  }

  /** A Parquet output that appends to a stream. */
  private record StreamFile(OutputStream bytes) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int b) throws IOException {
          bytes.write(b);
          position++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
          bytes.write(buffer, offset, length);
          position += length;
        }

        @Override
        public void flush() throws IOException {
          bytes.flush();
        }

        @Override
        public void close() throws IOException {
          bytes.close();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
