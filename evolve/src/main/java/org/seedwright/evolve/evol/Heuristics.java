package org.seedwright.evolve.evol;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.seedwright.evolve.FrontMatter;

/** A set of heuristics in a fixed order; at least one, no two with one id. */
public final class Heuristics implements Serializable {
  private final List<Heuristic> all;

  private Heuristics(List<Heuristic> all) {
    this.all = List.copyOf(all);
  }

  /** Returns the five heuristics of WizardCoder, section 3, in the paper's order. */
  public static Heuristics code() {
    return of(listed("heuristics/code.txt"));
  }

  /**
   * Returns the six heuristics of WizardLM, section 3.2, for instructions of any kind: the five
   * in-depth ones in the paper's order, and the in-breadth one.
   */
  public static Heuristics general() {
    return of(listed("heuristics/general.txt"));
  }

  /** Returns all that come with Seedwright: {@link #code} and then {@link #general}. */
  public static Heuristics builtIn() {
    var all = new ArrayList<Heuristic>(code().all());
    all.addAll(general().all());
    return of(all);
  }

  private static List<Heuristic> listed(String catalogue) {
    return catalogue(catalogue).stream()
        .map(id -> Heuristic.of(FrontMatter.resource(Heuristics.class, file(id))))
        .toList();
  }

  /**
   * Returns a set of one's own.
   *
   * @throws IllegalArgumentException when it is empty or an id occurs twice
   */
  public static Heuristics of(List<Heuristic> heuristics) {
    if (heuristics.isEmpty()) {
      throw new IllegalArgumentException("at least one heuristic is needed");
    }
    List<String> ids = heuristics.stream().map(Heuristic::id).toList();
    for (int i = 0; i < ids.size(); i++) {
      if (ids.indexOf(ids.get(i)) < i) {
        throw new IllegalArgumentException("heuristic %s is there twice".formatted(ids.get(i)));
      }
    }
    return new Heuristics(heuristics);
  }

  /** Returns all of them in order. */
  public List<Heuristic> all() {
    return all;
  }

  /** Returns the ids in order. */
  public List<String> ids() {
    return all.stream().map(Heuristic::id).toList();
  }

  /**
   * Returns the heuristic with this id.
   *
   * @throws IllegalArgumentException when there is none; the message lists those that are
   */
  public Heuristic named(String id) {
    return all.stream()
        .filter(heuristic -> heuristic.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "heuristic '%s' is unknown; known are %s".formatted(id, ids())));
  }

  /**
   * Returns some of them, in the order of this set.
   *
   * @throws IllegalArgumentException when an id is unknown or none is given
   */
  public Heuristics only(List<String> ids) {
    List<Heuristic> chosen = ids.stream().map(this::named).toList();
    return of(all.stream().filter(chosen::contains).toList());
  }

  private static String file(String id) {
    return "heuristics/" + id + ".md";
  }

  private static List<String> catalogue(String name) {
    try (InputStream in = Heuristics.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no %s".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(name), e);
    }
  }
}
