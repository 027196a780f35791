package org.seedwright.evolve.evol;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seedwright.evolve.FrontMatter;

/**
 * One way to evolve an instruction.
 *
 * @param id lower-case name, never reused for changed behaviour
 * @param version from 1; a changed text has a new one
 * @param paper where it is described
 * @param template what the text is put into
 * @param text what is asked of the teacher
 */
public record Heuristic(String id, int version, String paper, Template template, String text)
    implements Serializable {
  /** What a heuristic's text is put into: the demands that several heuristics share. */
  public enum Template {
    /** Programming exercises, made harder (WizardCoder, section 3). */
    CODE("evolve.md"),
    /** Instructions of any kind, made harder: in-depth evolving (WizardLM, section 3.2). */
    GENERAL("evolve-general.md"),
    /** Another instruction in the same domain: in-breadth evolving (WizardLM, section 3.2). */
    BREADTH("evolve-breadth.md");

    private final String file;

    Template(String file) {
      this.file = file;
    }

    String file() {
      return file;
    }

    /** Returns the name in the front matter of a heuristic. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Template named(String id) {
      return Arrays.stream(values())
          .filter(template -> template.id().equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "template must be one of %s, but was '%s'".formatted(ids(), id)));
    }

    private static List<String> ids() {
      return Arrays.stream(values()).map(Template::id).toList();
    }
  }

  public Heuristic {
    requireNonNull(template, "template is null");
    // The same rules as for the file it comes from.
    FrontMatter checked = new FrontMatter(id, version, paper, template.id(), text);
    text = checked.body();
  }

  /**
   * Parses a Markdown file with front matter. Without a {@code template} it is {@code code}.
   *
   * @param file its name, for messages
   * @throws IllegalArgumentException when the text is malformed; the message names the file
   */
  public static Heuristic parse(String file, String markdown) {
    FrontMatter front = FrontMatter.parse(file, markdown);
    int words = front.body().split("\\s+", -1).length;
    if (words < Wording.RUN || words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "%s: the text must have %d to %d words, but has %d"
              .formatted(file, Wording.RUN, MOST_WORDS, words));
    }
    try {
      return of(front);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A longer text would push the template's own demands aside. */
  static final int MOST_WORDS = 400;

  static Heuristic of(FrontMatter file) {
    return new Heuristic(
        file.id(),
        file.version(),
        file.paper(),
        file.template().isEmpty() ? Template.CODE : Template.named(file.template()),
        file.body());
  }

  /** Returns {@code id@version}. */
  public String name() {
    return id + "@" + version;
  }
}
