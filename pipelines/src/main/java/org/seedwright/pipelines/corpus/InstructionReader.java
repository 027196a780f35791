package org.seedwright.pipelines.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.seedwright.evolve.Identity;
import org.seedwright.pipelines.experiment.InstructionsConfig.Layout;
import org.seedwright.pipelines.rows.RowLines;

/**
 * Reads a file of instructions as a stream: a JSON array or JSON lines, plain or in gzip, told by
 * its first bytes. One row is held at a time.
 *
 * <p>A file that is not what it is said to be ends in an error that names file, line and key. What
 * is in the right form and of no use is refused row by row.
 */
public final class InstructionReader {
  /** The largest row: an instruction with its answer is a few KiB. */
  public static final int MOST_BYTES = 32 << 20;

  private static final int BUFFER = 1 << 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MOST_BYTES).build())
          .build();

  private static final ObjectMapper JSON = new ObjectMapper(FACTORY);

  private final Path path;
  private final InstructionFile file;
  private final InstructionLayout layout;

  private InstructionReader(Path path, InstructionFile file, InstructionLayout layout) {
    this.path = path;
    this.file = file;
    this.layout = layout;
  }

  /**
   * Reads every instruction, in the file's order.
   *
   * @throws CorpusException if the file is not as declared, or not the file that was planned with
   */
  public static void read(
      Path path, InstructionFile file, Layout layout, Consumer<GivenInstruction> out) {
    new InstructionReader(path, file, new InstructionLayout(path.toString(), layout, out)).read();
  }

  private void read() {
    var digest = Identity.sha256();
    try (InputStream raw = Files.newInputStream(path);
        var digested = new DigestInputStream(raw, digest)) {
      InputStream in =
          new BufferedInputStream(opened(new BufferedInputStream(digested, BUFFER)), BUFFER);
      int first = firstOf(in);
      if (first == '[') {
        array(in);
      } else if (first == '{') {
        lines(in);
      } else {
        throw at(
            1,
            "the file begins with %s (valid: a JSON array, or a JSON object on each line)"
                .formatted(first < 0 ? "nothing" : "'%c'".formatted(first)));
      }
      digested.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new CorpusException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(file.id())) {
      throw new CorpusException(
          "%s changed while it was read, or since the run was planned".formatted(path));
    }
  }

  private static InputStream opened(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, BUFFER) : in;
  }

  /** The first byte that is no blank; the stream stands before it, or before the blanks. */
  private static int firstOf(InputStream in) throws IOException {
    in.mark(BUFFER);
    int first = in.read();
    int looked = 1;
    // A byte order mark is no part of the text.
    while (looked < BUFFER
        && (first == ' '
            || first == '\t'
            || first == '\r'
            || first == '\n'
            || first == 0xef
            || first == 0xbb
            || first == 0xbf)) {
      first = in.read();
      looked++;
    }
    in.reset();
    return first;
  }

  private void array(InputStream in) {
    int row = 0;
    int line = 1;
    try (JsonParser parser = FACTORY.createParser(in)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      parser.setCodec(JSON);
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        row++;
        line = parser.currentTokenLocation().getLineNr();
        if (parser.currentToken() == null) {
          throw at(line, "the array ends within row %d".formatted(row));
        }
        long from = parser.currentTokenLocation().getByteOffset();
        JsonNode node = parser.readValueAsTree();
        long bytes = parser.currentLocation().getByteOffset() - from;
        if (bytes > MOST_BYTES) {
          throw tooLong(line, bytes);
        }
        layout.row(node, line, parser.currentLocation().getLineNr());
      }
      if (parser.nextToken() != null) {
        throw at(parser.currentTokenLocation().getLineNr(), "something stands after the array");
      }
    } catch (JsonProcessingException e) {
      int where = e.getLocation() == null ? line : Math.max(line, e.getLocation().getLineNr());
      throw at(where, "no JSON in row %d: %s".formatted(row, e.getOriginalMessage()));
    } catch (IOException e) {
      throw broken("row " + row, line, e);
    }
  }

  private void lines(InputStream in) {
    var lines = new RowLines(in, MOST_BYTES);
    while (next(lines)) {
      int line = Math.toIntExact(lines.number());
      if (lines.length() > lines.limit()) {
        throw tooLong(line, lines.length());
      }
      if (lines.isBlank()) {
        continue;
      }
      JsonNode node;
      try (JsonParser parser = FACTORY.createParser(lines.bytes(), 0, lines.held())) {
        parser.setCodec(JSON);
        node = parser.readValueAsTree();
        if (parser.nextToken() != null) {
          throw at(line, "more than one JSON value on the line");
        }
      } catch (IOException e) {
        String what =
            e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        throw at(line, "no JSON: " + what);
      }
      layout.row(node, line, line);
    }
  }

  private boolean next(RowLines lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw broken("line " + lines.number(), Math.toIntExact(lines.number()), e);
    }
  }

  private CorpusException tooLong(int line, long bytes) {
    return at(line, "the row has %,d bytes (valid: at most %,d)".formatted(bytes, MOST_BYTES));
  }

  private CorpusException broken(String after, int line, IOException cause) {
    return new CorpusException(
        "%s:%d: the file breaks off after %s: %s"
            .formatted(path, Math.max(1, line), after, cause.getMessage()),
        cause);
  }

  private CorpusException at(int line, String what) {
    return new CorpusException("%s:%d: %s".formatted(path, line, what));
  }
}
