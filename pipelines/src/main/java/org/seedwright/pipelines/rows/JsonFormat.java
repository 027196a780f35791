package org.seedwright.pipelines.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** JSONL, plain or gzip: an object a line; empty lines are passed over. */
final class JsonFormat implements RowFiles.Format {
  private static final JsonFactory JSON =
      new ObjectMapper()
          .getFactory()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
  private static final int BUFFER = 1 << 18;

  /** Longest line: a row is in memory. */
  private static final int LONGEST = 1 << 30;

  private final JsonColumns columns = new JsonColumns();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(long number, byte[] bytes) {}

  @Override
  public RowSchema schema() {
    return columns.schema();
  }

  @Override
  public void read(Path file, RowFiles.Sink<Supplier<List<Row>>> batches) throws IOException {
    try (InputStream in = open(file)) {
      var lines = new RowLines(in, LONGEST);
      List<Line> some = new ArrayList<>(RowFiles.BATCH);
      while (lines.next()) {
        if (lines.length() > LONGEST) {
          throw new RowFileException(
              "%s:%d: a line has more than %d bytes".formatted(file, lines.number(), LONGEST));
        }
        if (!lines.isBlank()) {
          some.add(new Line(lines.number(), Arrays.copyOf(lines.bytes(), lines.held())));
        }
        if (some.size() == RowFiles.BATCH) {
          batches.take(batch(file, some));
          some = new ArrayList<>(RowFiles.BATCH);
        }
      }
      batches.take(batch(file, some));
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new RowFileException("%s: not a whole gzip file: %s".formatted(file, e.getMessage()));
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private Supplier<List<Row>> batch(Path file, List<Line> lines) {
    return () -> {
      List<Row> rows = new ArrayList<>(lines.size());
      for (Line line : lines) {
        rows.add(row("%s:%d".formatted(file, line.number()), line.bytes()));
      }
      rows.forEach(row -> columns.see(row.values()));
      return rows;
    };
  }

  static Row row(String place, byte[] line) {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RowFileException("%s: a line must be a JSON object".formatted(place));
      }
      Map<String, Object> values = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        values.put(name, value(parser));
      }
      if (parser.nextToken() != null) {
        throw new RowFileException("%s: something follows the JSON object".formatted(place));
      }
      return new Row(place, values, line);
    } catch (JsonProcessingException e) {
      throw new RowFileException("%s: not JSON: %s".formatted(place, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("NullAway")
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? new Row.JsonText(parser.getText())
              : (Object) parser.getLongValue();
      default -> new Row.JsonText(parser.readValueAsTree().toString());
    };
  }
}
