package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Python resources beside this class: what runs inside a slot. */
final class PythonParts {
  private static final List<String> NAMES =
      List.of(
          "boot",
          "candidate",
          "codec",
          "confine",
          "frames",
          "input_forms",
          "judge",
          "manager",
          "oracles",
          "reference",
          "stand_in",
          "streams");

  /** Starts the rest from the first line of standard input: no file of ours lies in a sandbox. */
  static final String ONE_LINE =
      "import sys,json;start=json.loads(sys.stdin.buffer.readline());"
          + "exec(compile(start['modules']['boot'],'boot.py','exec'),"
          + "{'__name__':'boot','start':start})";

  /** No site, no user's packages, no current folder; environment variables are read, and few. */
  static final List<String> FLAGS = List.of("-s", "-S", "-B", "-c", ONE_LINE);

  /** Sets iterate in the same order in each slot. */
  static final Map<String, String> ENVIRONMENT = Map.of("PYTHONHASHSEED", "0", "LANG", "C.UTF-8");

  private static final Map<String, String> TEXTS = read();

  private PythonParts() {}

  /** Source by module name. */
  static Map<String, String> texts() {
    return TEXTS;
  }

  /** Digest of all of them, 64 hex digits. */
  static String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      TEXTS.forEach(
          (name, text) ->
              sha256.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Map<String, String> read() {
    Map<String, String> texts = new TreeMap<>();
    for (String name : NAMES) {
      try (InputStream resource = PythonParts.class.getResourceAsStream(name + ".py")) {
        if (resource == null) {
          throw new IllegalStateException("resource %s.py is missing".formatted(name));
        }
        texts.put(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read resource %s.py".formatted(name), e);
      }
    }
    return texts;
  }
}
