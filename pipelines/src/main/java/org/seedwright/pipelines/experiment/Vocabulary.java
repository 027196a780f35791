package org.seedwright.pipelines.experiment;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids that an experiment file may name, given by the caller so that reading the file needs none
 * of the modules that define them. Each set keeps the order of the one it is made from.
 *
 * @param languages ids of programming languages, such as {@code python}
 * @param heuristics ids of the heuristics that {@code heuristics: code} stands for, such as {@code
 *     add-constraints}
 * @param general ids of those that {@code heuristics: general} stands for, such as {@code deepen}
 * @param benchmarks ids of benchmarks, such as {@code humaneval}
 */
public record Vocabulary(
    Set<String> languages, Set<String> heuristics, Set<String> general, Set<String> benchmarks) {

  public Vocabulary {
    languages = inOrder(languages);
    heuristics = inOrder(heuristics);
    general = inOrder(general);
    benchmarks = inOrder(benchmarks);
  }

  /** A vocabulary without heuristics for instructions of any kind. */
  public Vocabulary(Set<String> languages, Set<String> heuristics, Set<String> benchmarks) {
    this(languages, heuristics, Set.of(), benchmarks);
  }

  private static Set<String> inOrder(Collection<String> ids) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(ids));
  }
}
