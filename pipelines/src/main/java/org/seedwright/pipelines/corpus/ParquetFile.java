package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * The rows of a Parquet file, one file each. Only the columns that are asked for are read, a row
 * group at a time: that of the content must fit into memory, compressed.
 */
final class ParquetFile {
  private final ContainerReader reader;
  private final Container container;
  private final CorpusColumns wanted;

  ParquetFile(ContainerReader reader, CorpusColumns wanted) {
    this.reader = reader;
    this.container = reader.container();
    this.wanted = wanted;
  }

  private static final class Rows extends ParquetReader.Builder<Group> {
    Rows(InputFile file, ParquetConfiguration configuration) {
      super(file, configuration);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  void read() throws IOException {
    var file = new LocalInputFile(reader.file());
    MessageType schema = schema(file);
    Map<CorpusColumns.Role, String> columns =
        wanted.among(
            schema.getFields().stream().map(Type::getName).toList(),
            "source %s: %s".formatted(container.source(), container.path()));
    var names = new TreeSet<>(columns.values());
    var projection =
        new MessageType(
            schema.getName(),
            schema.getFields().stream().filter(field -> names.contains(field.getName())).toList());
    var configuration = new PlainParquetConfiguration();
    configuration.set(ReadSupport.PARQUET_READ_SCHEMA, projection.toString());
    long number = 0;
    try (ParquetReader<Group> rows = new Rows(file, configuration).build()) {
      for (Group row = next(rows, number); row != null; row = next(rows, number)) {
        number++;
        var values = new EnumMap<CorpusColumns.Role, List<String>>(CorpusColumns.Role.class);
        for (Map.Entry<CorpusColumns.Role, String> column : columns.entrySet()) {
          values.put(column.getKey(), texts(row, row.getType().getFieldIndex(column.getValue())));
        }
        reader.found(CorpusRow.of(container, number, columns, values));
      }
    }
  }

  private MessageType schema(InputFile file) {
    try (ParquetFileReader footer = ParquetFileReader.open(file)) {
      return footer.getFileMetaData().getSchema();
    } catch (IOException | RuntimeException e) {
      throw reader.unreadable("a Parquet file", "its footer", e);
    }
  }

  private Group next(ParquetReader<Group> rows, long number) {
    try {
      return rows.read();
    } catch (IOException | RuntimeException e) {
      throw reader.unreadable("a Parquet file", "row " + (number + 1), e);
    }
  }

  /** Returns every text below a field: one of a plain column, several of a list. */
  private static List<String> texts(Group group, int field) {
    var texts = new ArrayList<String>();
    Type type = group.getType().getType(field);
    for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
      if (!type.isPrimitive()) {
        Group inner = group.getGroup(field, i);
        for (int below = 0; below < inner.getType().getFieldCount(); below++) {
          texts.addAll(texts(inner, below));
        }
      } else if (type.asPrimitiveType().getPrimitiveTypeName()
          == PrimitiveType.PrimitiveTypeName.BINARY) {
        texts.add(group.getBinary(field, i).toStringUsingUTF8());
      }
    }
    return texts;
  }
}
