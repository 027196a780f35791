package org.seedwright.pipelines.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.seedwright.evolve.Reason;
import org.seedwright.pipelines.rows.RowLines;

/** The rows of a JSON lines file, one file each. A blank line is no row. */
final class JsonLines {
  private static final int BUFFER = 1 << 16;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final ContainerReader reader;
  private final Container container;
  private final CorpusColumns wanted;
  private final Set<String> candidates = new HashSet<>();
  private boolean checked;

  JsonLines(ContainerReader reader, CorpusColumns wanted) {
    this.reader = reader;
    this.container = reader.container();
    this.wanted = wanted;
    for (CorpusColumns.Role role : CorpusColumns.Role.values()) {
      candidates.addAll(wanted.candidates(role));
    }
  }

  void read() throws IOException {
    var expansion = new Expansion(container);
    try (ContainerReader.Bytes bytes = reader.new Bytes()) {
      InputStream in = open(bytes, expansion);
      // An escape makes six bytes of one; the rest of a row is short.
      var lines = new RowLines(in, 6 * reader.held() + BUFFER);
      while (next(lines)) {
        expansion.at("line " + lines.number());
        if (!lines.isBlank()) {
          reader.found(row(lines));
        }
      }
      bytes.checkUnchanged();
    }
  }

  private InputStream open(ContainerReader.Bytes bytes, Expansion expansion) {
    if (container.form() == ContainerForm.JSON_LINES) {
      return bytes.stream();
    }
    try {
      return expansion.counting(new GZIPInputStream(bytes.stream(), BUFFER));
    } catch (IOException e) {
      throw reader.unreadable("a file in gzip", "its beginning", e);
    }
  }

  private boolean next(RowLines lines) {
    try {
      return lines.next();
    } catch (IOException e) {
      throw reader.unreadable("a JSON lines file", "line " + (lines.number() + 1), e);
    }
  }

  private FoundFile row(RowLines lines) {
    long number = lines.number();
    if (lines.length() > lines.limit()) {
      return refused(
          number,
          Reason.OVERSIZED,
          "line %d has %d bytes, more than %d".formatted(number, lines.length(), lines.limit()));
    }
    try {
      if (!checked) {
        wanted.among(
            names(lines),
            "source %s: line %d of %s".formatted(container.source(), number, container.path()));
        checked = true;
      }
      return row(number, texts(lines));
    } catch (JsonProcessingException e) {
      return refused(
          number,
          Reason.UNREADABLE,
          "line %d is no JSON object: %s".formatted(number, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("an array of bytes is read without failing", e);
    }
  }

  /** A row may leave out what it has no value for, so each is asked for its own columns. */
  private FoundFile row(long number, Map<String, List<String>> texts) {
    var columns = new EnumMap<CorpusColumns.Role, String>(CorpusColumns.Role.class);
    var values = new EnumMap<CorpusColumns.Role, List<String>>(CorpusColumns.Role.class);
    for (CorpusColumns.Role role : CorpusColumns.Role.values()) {
      List<String> names = wanted.candidates(role);
      String name = names.stream().filter(texts::containsKey).findFirst().orElse(names.get(0));
      columns.put(role, name);
      values.put(role, texts.getOrDefault(name, List.of()));
    }
    return CorpusRow.of(container, number, columns, values);
  }

  private FoundFile refused(long number, Reason reason, String evidence) {
    return FoundFile.refused(
        CorpusRow.unnamed(container, number), reason, evidence, container.provenance());
  }

  private static JsonParser parser(RowLines lines) throws IOException {
    JsonParser parser = JSON.createParser(lines.bytes(), 0, lines.held());
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(parser, "it begins with no brace");
    }
    return parser;
  }

  private static Set<String> names(RowLines lines) throws IOException {
    var names = new LinkedHashSet<String>();
    try (JsonParser parser = parser(lines)) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return names;
  }

  /** Returns the texts of the columns that may be asked for. */
  private Map<String, List<String>> texts(RowLines lines) throws IOException {
    var found = new HashMap<String, List<String>>();
    try (JsonParser parser = parser(lines)) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        var texts = new ArrayList<String>();
        if (!candidates.contains(name)) {
          parser.skipChildren();
          continue;
        }
        if (token == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        } else if (token == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
              texts.add(parser.getText());
            }
            parser.skipChildren();
          }
        } else {
          parser.skipChildren();
        }
        found.put(name, texts);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new JsonParseException(parser, "the object does not end the line");
      }
    }
    return found;
  }
}
