package org.seedwright.pipelines.cli;

import java.util.LinkedHashSet;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.seed.Languages;
import org.seedwright.pipelines.experiment.Vocabulary;

/** The ids that an experiment may name. */
final class Vocabularies {
  private Vocabularies() {}

  static Vocabulary builtIn() {
    return new Vocabulary(
        new LinkedHashSet<>(Languages.known()),
        new LinkedHashSet<>(Heuristics.code().ids()),
        new LinkedHashSet<>(Heuristics.general().ids()),
        new LinkedHashSet<>(Benchmarks.all().stream().map(Benchmark::id).toList()));
  }
}
