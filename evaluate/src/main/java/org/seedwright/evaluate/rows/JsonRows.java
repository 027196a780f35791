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
 * passed over. NaN and Infinity are read, since Python writes them. A line has up to 64 MiB, an
 * array up to 512 MiB, and a text in them up to 20 million characters.
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

  private static final String NAMES = ".jsonl, .jsonl.gz, .json or .json.gz";

  /** Much longer than any line of a benchmark (800 kB) or than what models say. */
  private static final int LINE_BYTES = 64 << 20;

  private static final int ARRAY_BYTES = 512 << 20;

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
    requireName(file);
    try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
      read(file, content, rows);
    } catch (NoSuchFileException e) {
      throw absent(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  /**
   * The bytes of a file, which are held as a whole: benchmarks are some megabytes.
   *
   * @throws InputFileException if it is not there or its name is none of those read here
   */
  public static byte[] bytes(Path file) {
    requireName(file);
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw absent(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  private static void requireName(Path file) {
    if (!reads(file)) {
      throw InputFileException.inFile(file, "must end in " + NAMES)
          .because(file.getFileName().toString(), "a name that ends in " + NAMES);
    }
  }

  private static InputFileException absent(Path file) {
    return InputFileException.inFile(file, "there is no such file")
        .because(file.toString(), "a file or folder that is there");
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
        reading.array(plain.readNBytes(ARRAY_BYTES + 1));
      }
    } catch (EOFException e) {
      throw InputFileException.inFile(file, "the gzip stream ends too early")
          .because("", "a whole gzip file");
    } catch (ZipException e) {
      throw InputFileException.inFile(file, "not a gzip file: " + e.getMessage())
          .because("", "a gzip file");
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
      } else if (bytes.size() < LINE_BYTES) {
        bytes.write(next);
      } else {
        throw InputFileException.inLine(file, line, "is longer than 64 MiB")
            .because(bytes.toString(StandardCharsets.UTF_8), "64 MiB or less");
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
    if (bytes.length > ARRAY_BYTES) {
      throw InputFileException.inFile(file, "is longer than 512 MiB; JSON Lines may be longer")
          .because("", "512 MiB or less");
    }
    JsonNode array = parse(1, decode(1, bytes));
    if (!array.isArray()) {
      throw InputFileException.inFile(file, "must be one JSON array of objects")
          .because(array.toString(), "one JSON array of objects");
    }
    int element = 1;
    for (JsonNode node : array) {
      object(element++, node);
    }
  }

  private void object(int line, JsonNode node) {
    if (!node.isObject()) {
      throw InputFileException.inLine(file, line, "must be a JSON object")
          .because(node.toString(), "a JSON object");
    }
    rows.accept(new JsonRow(file, line, node));
  }

  private String decode(int line, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw InputFileException.inLine(file, line, "is not UTF-8").because("", "text in UTF-8");
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
                  .formatted(e.getLocation().getColumnNr(), e.getOriginalMessage()))
          .because(text, "one JSON object");
    }
  }
}
