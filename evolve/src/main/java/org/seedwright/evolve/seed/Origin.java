package org.seedwright.evolve.seed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where a seed comes from, down to the line.
 *
 * @param source name of the source in the experiment
 * @param path path relative to the source, with forward slashes
 * @param firstLine from 1, in Python's idea of a line ({@link PythonLines})
 * @param lastLine not before {@code firstLine}
 * @param revision commit, for a source declared as a git checkout
 * @param license SPDX expression, where one is known
 * @param copyright copyright lines, in order
 */
public record Origin(
    String source,
    String path,
    int firstLine,
    int lastLine,
    Optional<String> revision,
    Optional<String> license,
    List<String> copyright) {
  public Origin {
    requireNonNull(source, "source is null");
    requireNonNull(path, "path is null");
    if (firstLine < 1 || lastLine < firstLine) {
      throw new IllegalArgumentException(
          "lines of %s must be from 1 and in order, but were %d to %d"
              .formatted(path, firstLine, lastLine));
    }
    requireNonNull(revision, "revision is null");
    requireNonNull(license, "license is null");
    copyright = List.copyOf(copyright);
  }
}
