package org.seedwright.evolve.evol;

import java.io.Serializable;
import org.seedwright.evolve.FrontMatter;

/**
 * One way to make an instruction harder.
 *
 * @param id lower-case name, never reused for changed behaviour
 * @param version from 1; a changed text has a new one
 * @param paper where it is described
 * @param text what is asked of the teacher, put into the template that all heuristics share
 */
public record Heuristic(String id, int version, String paper, String text) implements Serializable {
  public Heuristic {
    // The same rules as for the file it comes from.
    FrontMatter checked = new FrontMatter(id, version, paper, text);
    text = checked.body();
  }

  /** Parses a Markdown file with front matter; {@code file} is its name, for messages. */
  public static Heuristic parse(String file, String markdown) {
    return of(FrontMatter.parse(file, markdown));
  }

  static Heuristic of(FrontMatter file) {
    return new Heuristic(file.id(), file.version(), file.paper(), file.body());
  }

  /** Returns {@code id@version}. */
  public String name() {
    return id + "@" + version;
  }
}
