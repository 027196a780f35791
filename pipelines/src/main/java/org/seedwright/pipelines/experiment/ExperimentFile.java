package org.seedwright.pipelines.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads an experiment file as one YAML mapping, or says in one problem why it is none. */
final class ExperimentFile {

  /** An experiment is written by hand; a larger file was named by mistake. */
  static final int MOST_BYTES = 1 << 20;

  /** No key lies deeper; composing recurses, and a file of brackets would exhaust the stack. */
  private static final int MOST_NESTING = 50;

  private final String label;
  private final LoadSettings settings;

  private ExperimentFile(String label) {
    this.label = label;
    this.settings = LoadSettings.builder().setLabel(label).setCodePointLimit(MOST_BYTES).build();
  }

  static MappingNode read(Path path) throws ExperimentException {
    ExperimentFile file = new ExperimentFile(path.toString());
    return file.mapping(file.text(file.bytes(path)));
  }

  private byte[] bytes(Path path) throws ExperimentException {
    if (Files.isDirectory(path)) {
      throw refused(0, "a file", "is a folder, not an experiment file");
    }
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw refused(
            0,
            "at most %d bytes".formatted(MOST_BYTES),
            "is larger than %d bytes; is it an experiment file?".formatted(MOST_BYTES));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw refused(0, "a file that exists", "does not exist");
    } catch (AccessDeniedException e) {
      throw refused(0, "a file that can be read", "may not be read");
    } catch (IOException e) {
      throw refused(0, "a file that can be read", "cannot be read: " + e.getMessage());
    }
  }

  private String text(byte[] bytes) throws ExperimentException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw refused(
          lineAt(text, zero), "UTF-8 text", "has a NUL byte; an experiment file is UTF-8 text");
    }
    if (result.isError()) {
      throw refused(
          lineAt(text, text.length()),
          "UTF-8 text",
          "is not UTF-8: byte 0x%02x at offset %d"
              .formatted(bytes[in.position()] & 0xff, in.position()));
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private MappingNode mapping(String text) throws ExperimentException {
    try {
      refuseDeepNesting(text);
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty() || root.get().getTag().equals(Tag.NULL)) {
        throw refused(1, "a mapping of keys", "is empty");
      }
      if (root.get() instanceof MappingNode mapping) {
        return mapping;
      }
      int line = root.get().getStartMark().map(Mark::getLine).orElse(0) + 1;
      throw refused(line, "a mapping of keys", "is not a mapping of keys");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw refused(line, "YAML 1.2", "is not YAML: " + context + e.getProblem());
    } catch (ReaderException e) {
      int offset = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.length()));
      throw refused(
          lineAt(text, offset),
          "printable characters",
          "has the character U+%04X, which YAML does not allow".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw refused(0, "YAML 1.2", "is not YAML: " + e.getMessage());
    }
  }

  private void refuseDeepNesting(String text) throws ExperimentException {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MOST_NESTING) {
        throw refused(
            event.getStartMark().map(Mark::getLine).orElse(0) + 1,
            "at most %d levels".formatted(MOST_NESTING),
            "is nested deeper than %d levels".formatted(MOST_NESTING));
      }
    }
  }

  private ExperimentException refused(int line, String range, String message) {
    return new ExperimentException(
        List.of(new Problem(label, line, "", "", range, Shown.text(message))));
  }

  private static int lineAt(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }
}
