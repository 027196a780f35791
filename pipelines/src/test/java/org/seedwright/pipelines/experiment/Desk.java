package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder with what experiment files point at, a home and an environment: everything that reading
 * one may see.
 */
record Desk(Path folder) {

  static final Vocabulary VOCABULARY =
      new Vocabulary(
          new LinkedHashSet<>(List.of("python", "java", "rust")),
          new LinkedHashSet<>(List.of("add-constraints", "deepen", "misleading-code")),
          new LinkedHashSet<>(List.of("humaneval", "mbpp")));

  /** The shortest file that is accepted. */
  static final String SHORTEST =
      """
      name: shortest
      teachers:
        main: {provider: recorded, model: m, recording: replies.jsonl}
      sources:
        code: {path: code}
      """;

  Desk {
    try {
      Files.createDirectories(folder.resolve("code"));
      Files.createDirectories(folder.resolve("home/other"));
      Files.writeString(folder.resolve("replies.jsonl"), "");
      Files.writeString(folder.resolve("mine.jsonl"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return folder.resolve("experiment.yaml");
  }

  Experiment read(String yaml) throws ExperimentException {
    return read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  Experiment read(byte[] bytes) throws ExperimentException {
    try {
      Files.write(file(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment = Map.of("CORPORA", folder.resolve("home").toString());
    return Experiment.read(
        file(),
        VOCABULARY,
        name -> Optional.ofNullable(environment.get(name)),
        folder.resolve("home"));
  }

  /** Returns the problems of a file, none where it is accepted. */
  List<Problem> problems(String yaml) {
    return problems(yaml.getBytes(StandardCharsets.UTF_8));
  }

  List<Problem> problems(byte[] bytes) {
    try {
      var accepted = read(bytes);
      assertThat(accepted.file()).isEqualTo(file());
      return List.of();
    } catch (ExperimentException e) {
      return e.problems();
    }
  }

  /** Returns the problems as lines without the folder. */
  List<String> lines(String yaml) {
    return problems(yaml).stream()
        .map(problem -> problem.text().replace(folder + "/", ""))
        .toList();
  }
}
