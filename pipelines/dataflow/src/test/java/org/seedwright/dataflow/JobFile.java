package org.seedwright.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.SnappyError;
import org.xerial.snappy.SnappyInputStream;

/** A job as it would be sent, and every text in it, also inside serialised and packed objects. */
public record JobFile(JsonNode json, List<String> texts) {
  /** How Snappy's stream begins, in which Beam packs serialised objects. */
  private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};

  static JobFile read(Path file, List<byte[]> staged) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    var texts = new ArrayList<String>();
    texts.add(Files.readString(file));
    collect(json, texts);
    for (byte[] bytes : staged) {
      open(bytes, texts);
    }
    return new JobFile(json, texts);
  }

  /** Returns the kind of each step, in order. */
  public List<String> kinds() {
    var kinds = new ArrayList<String>();
    for (JsonNode step : json.path("steps")) {
      kinds.add(step.path("kind").asText());
    }
    return kinds;
  }

  private static void collect(JsonNode node, List<String> texts) throws IOException {
    if (node.isTextual() && node.asText().indexOf('%') >= 0) {
      open(unescaped(node.asText()), texts);
    }
    for (JsonNode child : node) {
      collect(child, texts);
    }
  }

  /** Reverses Dataflow's way of writing bytes into JSON: %XX for what is not printable. */
  private static byte[] unescaped(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%'
          && i + 2 < text.length()
          && Character.digit(text.charAt(i + 1), 16) >= 0
          && Character.digit(text.charAt(i + 2), 16) >= 0) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static void open(byte[] bytes, List<String> texts) {
    texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
    for (int i = 0; i + MAGIC.length <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        open(unpacked(bytes, i), texts);
      }
    }
  }

  private static byte[] unpacked(byte[] bytes, int from) {
    var whole = new ByteArrayOutputStream();
    try (var in =
        new SnappyInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from))) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        whole.write(b);
      }
    } catch (IOException | SnappyError ended) {
      // Other bytes follow the packed ones; what came before them is all there was.
    }
    return whole.toByteArray();
  }
}
