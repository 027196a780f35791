package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.Coder;

class TableLawsTest {
  private static final Table<Specimen> TABLE = Table.of(Specimen.class);

  /** One after the other, as Beam puts rows into a stream without lengths. */
  @Property(tries = 100)
  void rowsComeBackFromTheCoder(@ForAll("rows") List<Specimen> rows) throws IOException {
    Coder<Specimen> coder = TABLE.coder();
    var bytes = new ByteArrayOutputStream();
    for (Specimen row : rows) {
      coder.encode(row, bytes);
    }

    var in = new ByteArrayInputStream(bytes.toByteArray());
    for (Specimen row : rows) {
      assertThat(coder.decode(in)).isEqualTo(row);
    }
    assertThat(in.available()).isZero();
  }

  @Property(tries = 40)
  void rowsComeBackFromAFile(@ForAll("rows") List<Specimen> rows) throws IOException {
    Path file = Files.createTempFile("specimens", ".parquet");
    try {
      ParquetRowsTest.write(TABLE, rows, file);

      assertThat(ParquetRowsTest.read(TABLE, file)).isEqualTo(rows);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 100)
  void aRowIsStoredAsItIs(@ForAll("specimens") Specimen row) {
    assertThat(TABLE.stored(row)).isEqualTo(row);
  }

  @Provide
  Arbitrary<Specimen> specimens() {
    return Specimens.any();
  }

  @Provide
  Arbitrary<List<Specimen>> rows() {
    return Specimens.any().list().ofMaxSize(5);
  }
}
