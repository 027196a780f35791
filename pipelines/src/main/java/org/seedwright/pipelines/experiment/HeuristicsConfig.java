package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.evol.Heuristic;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The heuristics that evolution draws from.
 *
 * @param ids of those that come with Seedwright, in the order of the file; {@code code} and {@code
 *     general} are spelled out
 * @param own those of files, in the order of the file
 */
public record HeuristicsConfig(List<String> ids, List<Own> own) {
  private static final String CODE = "code";
  private static final String GENERAL = "general";

  public HeuristicsConfig {
    ids = List.copyOf(ids);
    own = List.copyOf(own);
    if (ids.isEmpty() && own.isEmpty()) {
      throw new IllegalArgumentException("evolve.heuristics must name one at least");
    }
  }

  /**
   * A heuristic of one's own.
   *
   * @param file absolute
   * @param heuristic what the file says
   */
  public record Own(Path file, Heuristic heuristic) {}

  /** One item of the list: an id, or a file. */
  private record Named(Optional<String> id, Optional<Own> own) {}

  static HeuristicsConfig bind(Section section) {
    List<String> code = List.copyOf(section.vocabulary().heuristics());
    List<String> general = List.copyOf(section.vocabulary().general());
    var known = new ArrayList<>(code);
    known.addAll(general);
    String range =
        "code, general, or a list of heuristics (%s, or ./FILE.md)"
            .formatted(String.join(", ", known));
    ObjectNode words = Kinds.type("string");
    ArrayNode names = words.putArray("enum");
    names.add(CODE).add(GENERAL);
    Kind<HeuristicsConfig> set =
        new Kind<>(
            range,
            words,
            () -> new HeuristicsConfig(code.isEmpty() ? List.of("none") : code, List.of()),
            (node, place) -> set(node, place, range, code, general));
    Kind<HeuristicsConfig> chosen = Groups.list(named(known), 1).as(HeuristicsConfig::of);
    Value<HeuristicsConfig> value =
        section
            .key(
                "heuristics",
                "The heuristics to draw from: code for those that rewrite programming tasks,"
                    + " general for those of any instruction, or a list of ids and files; code"
                    + " where it is not given.")
            .is(Groups.either(set, chosen).called(range));
    HeuristicsConfig read = value.optional().orElseGet(value.kind().placeholder());
    return withoutDoubles(read, known, value);
  }

  private static Optional<HeuristicsConfig> set(
      Node node, Place place, String range, List<String> code, List<String> general) {
    Optional<String> word = Kinds.scalar(node, Tag.STR);
    if (word.equals(Optional.of(CODE)) && !code.isEmpty()) {
      return Optional.of(new HeuristicsConfig(code, List.of()));
    }
    if (word.equals(Optional.of(GENERAL)) && !general.isEmpty()) {
      return Optional.of(new HeuristicsConfig(general, List.of()));
    }
    return Kinds.refuse(node, place, range, "is not " + range);
  }

  private static HeuristicsConfig of(List<Named> named) {
    if (named.isEmpty()) {
      // Every item was refused, and so will the file be.
      return new HeuristicsConfig(List.of("none"), List.of());
    }
    return new HeuristicsConfig(
        named.stream().flatMap(one -> one.id().stream()).toList(),
        named.stream().flatMap(one -> one.own().stream()).toList());
  }

  private static HeuristicsConfig withoutDoubles(
      HeuristicsConfig read, List<String> known, Value<HeuristicsConfig> value) {
    var taken = new ArrayList<>(known);
    for (Own own : read.own()) {
      String id = own.heuristic().id();
      if (taken.contains(id)) {
        value.refuse(
            "an id of its own",
            "%s has the id %s, which another heuristic has".formatted(own.file(), id));
      }
      taken.add(id);
    }
    return read;
  }

  private static Kind<Named> named(List<String> known) {
    Kind<Named> id =
        Kinds.idOf("heuristic", known).as(name -> new Named(Optional.of(name), Optional.empty()));
    Kind<Path> file = Paths.file();
    return new Kind<>(
        "a heuristic (%s) or ./FILE.md".formatted(String.join(", ", known)),
        Kinds.type("string").put("minLength", 1),
        () -> new Named(Optional.of("none"), Optional.empty()),
        (node, place) ->
            isPath(Shown.value(node))
                ? file.read(node, place)
                    .flatMap(path -> own(path, node, place))
                    .map(own -> new Named(Optional.empty(), Optional.of(own)))
                : id.read(node, place));
  }

  private static boolean isPath(String text) {
    return text.contains("/")
        || text.startsWith("~")
        || text.startsWith("${")
        || text.endsWith(".md");
  }

  private static Optional<Own> own(Path file, Node node, Place place) {
    String range = "a Markdown file with id, version and paper";
    try {
      String name = String.valueOf(file.getFileName());
      return Optional.of(
          new Own(file, Heuristic.parse(name, Files.readString(file, StandardCharsets.UTF_8))));
    } catch (IllegalArgumentException e) {
      return Kinds.refuse(
          node, place, range, "is no heuristic: " + Shown.text(String.valueOf(e.getMessage())));
    } catch (CharacterCodingException e) {
      return Kinds.refuse(node, place, range, "is no heuristic: it is not UTF-8");
    } catch (IOException e) {
      return Kinds.refuse(node, place, range, "cannot be read");
    }
  }

  List<Object> resolved() {
    var all = new ArrayList<Object>(ids);
    own.forEach(one -> all.add(one.file().toString()));
    return all;
  }
}
