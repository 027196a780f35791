package org.seedwright.evolve;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Markdown file that begins with {@code id}, {@code version} and {@code paper}, and perhaps
 * {@code template}, between two lines of three dashes.
 *
 * @param id lower-case name, never reused for changed behaviour
 * @param version from 1; a changed text has a new one
 * @param paper where the method is described
 * @param template name of the text that the body is put into; empty where the file names none
 * @param body what follows, without blank lines around it
 */
public record FrontMatter(String id, int version, String paper, String template, String body)
    implements Serializable {
  private static final Set<String> REQUIRED = Set.of("id", "version", "paper");
  private static final String TEMPLATE = "template";

  public FrontMatter {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "id must be lower-case words joined by dashes, but was '%s'".formatted(id));
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "version of %s must be at least 1, but was %d".formatted(id, version));
    }
    if (paper.isBlank()) {
      throw new IllegalArgumentException("%s names no paper".formatted(id));
    }
    if (body.isBlank()) {
      throw new IllegalArgumentException("%s has no text".formatted(id));
    }
  }

  /** Returns {@code id@version}. */
  public String name() {
    return id + "@" + version;
  }

  /**
   * Reads a resource beside {@code owner}.
   *
   * @throws IllegalArgumentException when it is missing or malformed; the message names it
   */
  public static FrontMatter resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "there is no %s beside %s".formatted(name, owner.getName()));
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(name), e);
    }
  }

  /**
   * Parses the text of a file.
   *
   * @param file its name, for messages
   * @throws IllegalArgumentException when the text is malformed; the message names file and line
   */
  public static FrontMatter parse(String file, String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals("---")) {
      throw new IllegalArgumentException("%s:1 must be ---".formatted(file));
    }
    Map<String, String> values = new HashMap<>();
    int line = 1;
    while (line < lines.size() && !lines.get(line).equals("---")) {
      int colon = lines.get(line).indexOf(':');
      String key = colon < 0 ? lines.get(line) : lines.get(line).substring(0, colon).strip();
      if (colon < 0 || !(REQUIRED.contains(key) || key.equals(TEMPLATE))) {
        throw new IllegalArgumentException(
            "%s:%d has '%s', but the keys are id, version and paper, and perhaps template"
                .formatted(file, line + 1, key));
      }
      if (values.put(key, lines.get(line).substring(colon + 1).strip()) != null) {
        throw new IllegalArgumentException("%s:%d names %s twice".formatted(file, line + 1, key));
      }
      line++;
    }
    if (line == lines.size()) {
      throw new IllegalArgumentException(
          "%s does not end its front matter with ---".formatted(file));
    }
    if (!values.keySet().containsAll(REQUIRED)) {
      throw new IllegalArgumentException(
          "%s must say id, version and paper, but says %s"
              .formatted(file, values.keySet().stream().sorted().toList()));
    }
    String version = values.get("version");
    if (!version.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(
          "%s: version must be a number from 1, but was '%s'".formatted(file, version));
    }
    String body = String.join("\n", lines.subList(line + 1, lines.size())).strip();
    return new FrontMatter(
        values.get("id"),
        Integer.parseInt(version),
        values.get("paper"),
        values.getOrDefault(TEMPLATE, ""),
        body);
  }
}
