package org.seedwright.evolve.seed;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * Finds snippets that can inspire nothing: blank, or only comments, imports or punctuation.
 *
 * <p>Lines are judged as parts of their file, so that a snippet that begins or ends inside a block
 * comment or a documentation string is seen for what it is. Magicoder has no such rule; leave this
 * class out for the paper's set-up. Reading a file takes time linear in its length.
 */
public final class DegenerateSnippets {
  private final String documentId;
  private final List<LineKind> lines;

  private DegenerateSnippets(String documentId, List<LineKind> lines) {
    this.documentId = documentId;
    this.lines = lines;
  }

  /** Reads a file, once for all its snippets. */
  public static DegenerateSnippets in(SourceFile file) {
    return new DegenerateSnippets(file.id(), LineKind.of(file.content(), file.language()));
  }

  /**
   * Returns why {@code seed} is degenerate, or nothing where it holds code.
   *
   * @throws IllegalArgumentException when the snippet is of another file
   */
  public Optional<Parsed.Rejected<SeedSnippet>> check(SeedSnippet seed) {
    if (!seed.documentId().equals(documentId)) {
      throw new IllegalArgumentException(
          "seed %s is of document %s, not of %s"
              .formatted(seed.id(), seed.documentId(), documentId));
    }
    Set<LineKind> kinds = EnumSet.noneOf(LineKind.class);
    kinds.addAll(lines.subList(seed.origin().firstLine() - 1, seed.origin().lastLine()));
    if (kinds.contains(LineKind.CODE)) {
      return Optional.empty();
    }
    if (kinds.contains(LineKind.IMPORT)) {
      return rejected(Reason.ONLY_IMPORTS, "no line does more than import", seed);
    }
    if (kinds.contains(LineKind.PUNCTUATION)) {
      return rejected(Reason.ONLY_PUNCTUATION, "no line has more than punctuation", seed);
    }
    if (kinds.contains(LineKind.COMMENT)) {
      return rejected(Reason.ONLY_COMMENTS, "every line is a comment or documentation", seed);
    }
    return rejected(Reason.BLANK_SNIPPET, "there is nothing but white space", seed);
  }

  private static Optional<Parsed.Rejected<SeedSnippet>> rejected(
      Reason reason, String evidence, SeedSnippet seed) {
    return Optional.of(
        new Parsed.Rejected<>(
            reason,
            "%s in lines %d to %d"
                .formatted(evidence, seed.origin().firstLine(), seed.origin().lastLine())));
  }
}
