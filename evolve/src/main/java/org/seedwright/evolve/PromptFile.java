package org.seedwright.evolve;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt as a Markdown file: front matter, then one part for each message under {@code ##
 * system}, {@code ## user} or {@code ## assistant}.
 *
 * <p>{@code {{name}}} stands for a value and {@code {{fenced name}}} for a value in a code fence
 * that is longer than any row of backticks in the value. Values are inserted as they are: what
 * looks like a placeholder inside a value stays.
 */
public final class PromptFile implements Serializable {
  private static final Pattern PART = Pattern.compile("## (system|user|assistant)");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{(fenced )?([a-z][a-z-]*)\\}\\}");
  private static final Pattern BACKTICKS = Pattern.compile("`++");
  private static final int SHORTEST_FENCE = 3;

  private final FrontMatter front;
  private final List<Message> parts;

  private PromptFile(FrontMatter front, List<Message> parts) {
    this.front = front;
    this.parts = parts;
  }

  /**
   * Reads a resource beside {@code owner}.
   *
   * @param placeholders the values that the code will give
   * @throws IllegalArgumentException when the file is missing or malformed, or asks for other
   *     values
   */
  public static PromptFile resource(Class<?> owner, String name, String... placeholders) {
    return of(name, FrontMatter.resource(owner, name), placeholders);
  }

  /** Parses the text of a file as {@link #resource} does. */
  public static PromptFile parse(String file, String text, String... placeholders) {
    return of(file, FrontMatter.parse(file, text), placeholders);
  }

  private static PromptFile of(String file, FrontMatter front, String... placeholders) {
    PromptFile prompt = new PromptFile(front, parts(file, front.body()));
    SortedSet<String> given = new TreeSet<>(List.of(placeholders));
    if (!prompt.placeholders().equals(given)) {
      throw new IllegalArgumentException(
          "%s has the placeholders %s, but is given %s"
              .formatted(file, prompt.placeholders(), given));
    }
    return prompt;
  }

  private static List<Message> parts(String file, String body) {
    List<Message> parts = new ArrayList<>();
    Role role = null;
    List<String> lines = new ArrayList<>();
    for (String line : body.lines().toList()) {
      Matcher part = PART.matcher(line);
      if (part.matches()) {
        addPart(file, parts, role, lines);
        role = Role.valueOf(part.group(1).toUpperCase(Locale.ROOT));
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    addPart(file, parts, role, lines);
    return List.copyOf(parts);
  }

  private static void addPart(String file, List<Message> parts, Role role, List<String> lines) {
    String text = String.join("\n", lines).strip();
    if (role == null && !text.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has text before its first part: ## system, ## user or ## assistant".formatted(file));
    }
    if (role != null) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("%s has an empty part %s".formatted(file, role));
      }
      parts.add(new Message(role, text));
    }
  }

  /** Returns {@code id@version}. */
  public String name() {
    return front.name();
  }

  /** Returns id, version and paper. */
  public FrontMatter front() {
    return front;
  }

  /** Returns the names of the values it asks for. */
  public SortedSet<String> placeholders() {
    SortedSet<String> names = new TreeSet<>();
    for (Message part : parts) {
      PLACEHOLDER.matcher(part.content()).results().forEach(found -> names.add(found.group(2)));
    }
    return names;
  }

  /** Returns the words of the file itself, with a space in the place of each value. */
  public String wording() {
    List<String> texts = new ArrayList<>();
    for (Message part : parts) {
      texts.add(PLACEHOLDER.matcher(part.content()).replaceAll(" "));
    }
    return String.join("\n", texts);
  }

  /**
   * Returns the messages with the values in their places.
   *
   * @throws IllegalArgumentException when a value is missing or not asked for
   */
  public List<Message> messages(Map<String, String> values) {
    if (!placeholders().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "%s has the placeholders %s, but was given %s"
              .formatted(name(), placeholders(), new TreeSet<>(values.keySet())));
    }
    return parts.stream()
        .map(part -> new Message(part.role(), filled(part.content(), values)))
        .toList();
  }

  /** Returns the prompt with the values in their places, named after this file. */
  public Prompt prompt(Map<String, String> values) {
    return new Prompt(name(), messages(values));
  }

  private static String filled(String template, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int from = 0;
    while (placeholder.find()) {
      text.append(template, from, placeholder.start());
      String value = values.get(placeholder.group(2));
      text.append(placeholder.group(1) == null ? value : fenced(value));
      from = placeholder.end();
    }
    return text.append(template, from, template.length()).toString();
  }

  private static String fenced(String value) {
    int longest =
        BACKTICKS.matcher(value).results().mapToInt(run -> run.end() - run.start()).max().orElse(0);
    String fence = "`".repeat(Math.max(SHORTEST_FENCE, longest + 1));
    String end = value.endsWith("\n") || value.endsWith("\r") ? "" : "\n";
    return fence + "\n" + value + end + fence;
  }
}
