package org.seedwright.pipelines.experiment;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Kinds of values that point outside the file: folders, files, addresses. A relative path resolves
 * against the folder of the experiment file; a leading {@code ~} is the home folder, <code>${NAME}
 * </code> an environment variable.
 */
final class Paths {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}?");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Paths() {}

  static Kind<Path> folder() {
    return existing("a folder that exists", Files::isDirectory);
  }

  static Kind<Path> folderOrFile() {
    return existing(
        "a folder or file that exists",
        path -> Files.isDirectory(path) || Files.isRegularFile(path));
  }

  static Kind<Path> file() {
    return existing("a file that exists", Files::isRegularFile);
  }

  /** An http or https address that holds no secret: no user, query or fragment. */
  static Kind<URI> address() {
    String range = "an http or https URL without user, query or fragment";
    return new Kind<>(
        range,
        Kinds.type("string").put("pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+(/[^?#]*)?$"),
        () -> URI.create("http://localhost"),
        (node, place) ->
            Kinds.text()
                .read(node, place)
                .flatMap(text -> address(text, place.value(node), range)));
  }

  private static Optional<URI> address(String text, Place place, String range) {
    // What is left of an @ may be a password, and a query may hold a key: neither is shown.
    String shown = text.contains("@") || text.contains("?") ? "" : Shown.text(text);
    String message = (shown.isEmpty() ? "is not " : "\"" + shown + "\" is not ") + range;
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean plain =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      boolean port = uri.getPort() <= 65_535;
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && plain
          && port) {
        return Optional.of(uri);
      }
      return place.refuse(shown, range, message);
    } catch (URISyntaxException e) {
      return place.refuse(shown, range, message);
    }
  }

  /** A glob as {@link java.nio.file.FileSystem#getPathMatcher} reads it. */
  static Kind<String> glob() {
    String range = "a glob such as **/*.py";
    return new Kind<>(
        range,
        Kinds.type("string").put("minLength", 1),
        () -> "**",
        (node, place) ->
            Kinds.text()
                .read(node, place)
                .flatMap(
                    text ->
                        isGlob(text)
                            ? Optional.of(text)
                            : Kinds.refuse(node, place, range, "is not " + range)));
  }

  private static boolean isGlob(String text) {
    try {
      var unused = FileSystems.getDefault().getPathMatcher("glob:" + text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static Kind<Path> existing(String range, Predicate<Path> exists) {
    return new Kind<>(
        range,
        Kinds.type("string").put("minLength", 1),
        () -> Path.of("/"),
        (node, place) ->
            Kinds.text()
                .read(node, place)
                .flatMap(text -> resolved(text, node, place, range))
                .flatMap(
                    path ->
                        exists.test(path)
                            ? Optional.of(path)
                            : Kinds.refuse(
                                node,
                                place,
                                range,
                                "is not %s (it resolves to %s)"
                                    .formatted(range, Shown.text(path.toString())))));
  }

  private static Optional<Path> resolved(String text, Node node, Place place, String range) {
    Binding binding = place.binding();
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (variable.find()) {
      String name = variable.group(1);
      if (!VARIABLE_NAME.matcher(name).matches() || !variable.group().endsWith("}")) {
        return Kinds.refuse(
            node, place, "${NAME}", "has a ${ that no name and } follow (valid: ${NAME})");
      }
      Optional<String> value = binding.environment().apply(name).filter(found -> !found.isEmpty());
      if (value.isEmpty()) {
        return Kinds.refuse(
            node,
            place,
            range,
            "names the environment variable %s, which is not set".formatted(name));
      }
      variable.appendReplacement(expanded, Matcher.quoteReplacement(value.get()));
    }
    variable.appendTail(expanded);
    String path = expanded.toString();
    if (text.equals("~") || text.startsWith("~/")) {
      path = binding.home() + path.substring(1);
    }
    try {
      return Optional.of(binding.folder().resolve(path).normalize());
    } catch (InvalidPathException e) {
      return Kinds.refuse(node, place, range, "is not a path");
    }
  }
}
