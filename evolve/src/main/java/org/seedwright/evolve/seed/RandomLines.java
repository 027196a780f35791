package org.seedwright.evolve.seed;

import java.io.Serializable;
import java.util.List;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.Identity;

/**
 * Cuts consecutive lines out of a file as OSS-Instruct does (Magicoder, section 2.1 and
 * generate_data.py): the first line is uniform over all lines, the number of lines is uniform
 * between two limits, and the cut ends with the file, so that late starts give shorter snippets.
 *
 * <p>The released code draws in the order in which documents are read; here the draw depends on run
 * seed, document id and ordinal alone. The distribution is the same.
 *
 * @param runSeed the run's seed
 * @param minLines at least 1; 1 in the paper
 * @param maxLines at least {@code minLines}; 15 in the paper
 */
public record RandomLines(long runSeed, int minLines, int maxLines) implements Serializable {
  public RandomLines {
    if (minLines < 1) {
      throw new IllegalArgumentException(
          "min-lines must be at least 1, but was %d".formatted(minLines));
    }
    if (maxLines < minLines) {
      throw new IllegalArgumentException(
          "max-lines must be at least min-lines (%d), but was %d".formatted(minLines, maxLines));
    }
  }

  /** Returns the snippet with number {@code ordinal}, from 0; others do not change it. */
  public SeedSnippet extract(SourceFile file, int ordinal) {
    List<String> lines = PythonLines.of(file.content());
    Draw draw = Draw.of(runSeed, "random-lines", file.id(), Integer.toString(ordinal));
    int first = draw.nextInt(lines.size());
    // In 64 bits: the two limits may be as far apart as an int is wide.
    long length = minLines + draw.nextLong((long) maxLines - minLines + 1);
    int end = (int) Math.min(first + length, lines.size());
    Origin origin =
        new Origin(
            file.source(),
            file.path(),
            first + 1,
            end,
            file.revision(),
            file.license(),
            file.copyright());
    return new SeedSnippet(
        Identity.row("seed", file.id(), 0, "", ordinal),
        file.id(),
        ordinal,
        file.language(),
        origin,
        String.join("", lines.subList(first, end)));
  }
}
