package org.seedwright.pipelines.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.coders.CustomCoder;

/** Rows as Avro binary; no maps in it, so equal rows are equal bytes. */
final class RowCoder<T extends Record> extends CustomCoder<T> {
  private final Table<T> table;

  RowCoder(Table<T> table) {
    this.table = table;
  }

  @Override
  public void encode(T row, OutputStream out) throws IOException {
    var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(table.schema()).write(table.toAvro(row), encoder);
    encoder.flush();
  }

  @Override
  public T decode(InputStream in) throws IOException {
    var decoder = DecoderFactory.get().directBinaryDecoder(in, null);
    return table.fromAvro(
        new GenericDatumReader<GenericRecord>(table.schema()).read(null, decoder));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowCoder<?> coder && coder.table == table;
  }

  @Override
  public int hashCode() {
    return Objects.hash(table.type());
  }
}
