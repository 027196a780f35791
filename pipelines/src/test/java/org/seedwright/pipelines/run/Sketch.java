package org.seedwright.pipelines.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.seed.Languages;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentException;
import org.seedwright.pipelines.experiment.ExperimentGrid;
import org.seedwright.pipelines.experiment.Vocabulary;

/**
 * An experiment file in the making.
 *
 * @param keys its keys in order, each with its value in YAML's flow style
 */
record Sketch(Map<String, String> keys) {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          new LinkedHashSet<>(Languages.known()),
          new LinkedHashSet<>(Heuristics.code().ids()),
          new LinkedHashSet<>(Heuristics.general().ids()),
          Set.of());

  /** A folder as the one source, four shards, and nobody at the other end. */
  static Sketch of(Path sources) {
    return new Sketch(Map.of())
        .with("name", "chain")
        .with("seed", "976")
        .with("shards", "4")
        .with("teachers", teacher("http://127.0.0.1:1/v1"))
        .with("limits", "{concurrency: 4}")
        .with("sources", "{code: {path: '%s'}}".formatted(sources));
  }

  static String teacher(Object baseUrl) {
    return "{main: {provider: openai, base-url: '%s', model: simulated-1, temperature: 0, attempts: 1}}"
        .formatted(baseUrl);
  }

  Sketch with(String key, String value) {
    var changed = new LinkedHashMap<>(keys);
    changed.put(key, value);
    return new Sketch(changed);
  }

  /** Writes the file into a folder and reads it. */
  Experiment in(Path folder) throws IOException, ExperimentException {
    return read(written(folder));
  }

  /** Writes the file into a folder and reads all its cells. */
  ExperimentGrid gridIn(Path folder) throws IOException, ExperimentException {
    return ExperimentGrid.read(written(folder), VOCABULARY);
  }

  private Path written(Path folder) throws IOException {
    var text = new StringBuilder();
    keys.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("experiment.yaml"), text);
  }

  static Experiment read(Path file) throws ExperimentException {
    return Experiment.read(file, VOCABULARY);
  }
}
