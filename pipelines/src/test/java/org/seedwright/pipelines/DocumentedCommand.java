package org.seedwright.pipelines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that README or a page shows: a line of a fenced or indented block, or words of a
 * sentence between backticks, that begin as commands do here.
 *
 * @param where file and line
 * @param words without comment, the lines that a backslash joins in one
 */
public record DocumentedCommand(String where, String words) {
  private static final Path REPOSITORY = Path.of("..");
  private static final String BEGINS =
      "(?:[A-Z_]+=\\S+ )*(?:\\./seedwright|mvn|\\.ci/run|performance/[a-z-]+|java|python3?"
          + "|apt-get|dockerd|docker|pip|cat|export)";
  private static final Pattern BLOCK_LINE = Pattern.compile("^(?: {4})?(" + BEGINS + "(?: .*)?)$");
  private static final Pattern IN_SENTENCE =
      Pattern.compile("`((?:\\./seedwright|mvn|performance/[a-z-]+) [^`]+)`");

  /** Returns the commands of README, CONTRIBUTING, docs, examples and performance. */
  public static List<DocumentedCommand> all() throws IOException {
    var pages = new ArrayList<Path>();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "performance/README.md")) {
      pages.add(REPOSITORY.resolve(page));
    }
    for (String folder : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    var commands = new ArrayList<DocumentedCommand>();
    for (Path page : pages) {
      commands.addAll(
          of(
              REPOSITORY.relativize(page).toString(),
              Files.readAllLines(page, StandardCharsets.UTF_8)));
    }
    return commands;
  }

  /** Returns the commands of a page. */
  static List<DocumentedCommand> of(String page, List<String> lines) {
    var commands = new ArrayList<DocumentedCommand>();
    boolean isFenced = false;
    boolean isText = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        isFenced = !isFenced;
        // A block that names its language is a file.
        isText = isFenced && line.length() > 3 && !line.matches("```(sh|bash|console)");
        continue;
      }
      String where = "%s:%d".formatted(page, i + 1);
      Matcher block = BLOCK_LINE.matcher(line);
      if (!isText && (isFenced || line.startsWith("    ")) && block.matches()) {
        var words = new StringBuilder(withoutComment(block.group(1)));
        while (words.toString().endsWith("\\") && i + 1 < lines.size()) {
          i++;
          words.setLength(words.length() - 1);
          words.append(withoutComment(lines.get(i).strip()));
        }
        commands.add(new DocumentedCommand(where, words.toString().strip()));
      } else if (!isFenced) {
        Matcher inSentence = IN_SENTENCE.matcher(line);
        while (inSentence.find()) {
          commands.add(new DocumentedCommand(where, inSentence.group(1)));
        }
      }
    }
    return commands;
  }

  private static String withoutComment(String line) {
    return line.replaceFirst("\\s+#\\s.*$", "");
  }

  /** Tells whether it is one of Seedwright's own. */
  public boolean isOurs() {
    return words.contains("./seedwright ");
  }

  /** Returns what stands behind {@code ./seedwright}, word for word. */
  public List<String> arguments() {
    String ours = words.substring(words.indexOf("./seedwright ") + "./seedwright ".length());
    return List.of(ours.replaceFirst(" &$", "").split(" +"));
  }
}
