package org.seedwright.evaluate.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The objects of a JSON Lines file, or of one JSON array, plain or gzipped; which of these, the
 * file's name says. Strict where silence would lose or change a row: UTF-8 must be well-formed, a
 * key must not occur twice, nothing may follow an object. Blank lines and a byte order mark are
 * passed over. NaN and Infinity are read, since Python writes them.
 */
public final class JsonRows {
  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private final Path file;
  private final Consumer<JsonRow> rows;

  private JsonRows(Path file, Consumer<JsonRow> rows) {
    this.file = file;
    this.rows = rows;
  }

  /** Whether the name is one this class reads. */
  public static boolean reads(Path file) {
    return file.getFileName().toString().matches("(?i).+\\.jsonl?(\\.gz)?");
  }

  /**
   * Hands over the objects of a file on this machine.
   *
   * @throws InputFileException if it is not there, its name is none of those read here, or a line
   *     is wrong
   */
  public static void read(Path file, Consumer<JsonRow> rows) {
    read(file, new ByteArrayInputStream(bytes(file)), rows);
  }

  /**
   * The bytes of a file, which are held as a whole: benchmarks and samples are some megabytes.
   *
   * @throws InputFileException if it is not there or its name is none of those read here
   */
  public static byte[] bytes(Path file) {
    if (!reads(file)) {
      throw InputFileException.inFile(file, "must end in .jsonl, .jsonl.gz, .json or .json.gz");
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw InputFileException.inFile(file, "there is no such file");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  /**
   * Hands over the objects in the order of the file; holds one of a JSON Lines file at a time.
   *
   * @param file names the file in errors and says its layout
   * @param content the file's bytes; not closed here
   */
  public static void read(Path file, InputStream content, Consumer<JsonRow> rows) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(content) : content;
      JsonRows reading = new JsonRows(file, rows);
      if (name.contains(".jsonl")) {
        reading.lines(new BufferedInputStream(plain));
      } else {
        reading.array(plain.readAllBytes());
      }
    } catch (EOFException e) {
      throw InputFileException.inFile(file, "the gzip stream ends too early");
    } catch (ZipException e) {
      throw InputFileException.inFile(file, "not a gzip file: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  private void lines(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int line = 1;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        line(line++, bytes.toByteArray());
        bytes.reset();
      } else {
        bytes.write(next);
      }
    }
    line(line, bytes.toByteArray());
  }

  private void line(int line, byte[] bytes) {
    String text = decode(line, bytes);
    if (line == 1 && text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    if (!text.isBlank()) {
      object(line, parse(line, text));
    }
  }

  private void array(byte[] bytes) {
    JsonNode array = parse(1, decode(1, bytes));
    if (!array.isArray()) {
      throw InputFileException.inFile(file, "must be one JSON array of objects");
    }
    int element = 1;
    for (JsonNode node : array) {
      object(element++, node);
    }
  }

  private void object(int line, JsonNode node) {
    if (!node.isObject()) {
      throw InputFileException.inLine(file, line, "must be a JSON object");
    }
    rows.accept(new JsonRow(file, line, node));
  }

  private String decode(int line, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw InputFileException.inLine(file, line, "is not UTF-8");
    }
  }

  private JsonNode parse(int line, String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw InputFileException.inLine(
          file,
          line,
          "is not JSON at column %d: %s"
              .formatted(e.getLocation().getColumnNr(), e.getOriginalMessage()));
    }
  }
}
