package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExperimentExamplesTest {

  private static final Path EXAMPLES = Path.of("../examples");

  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          Set.of(
              "python", "java", "javascript", "typescript", "go", "c", "cpp", "csharp", "rust",
              "php", "shell", "swift"),
          new LinkedHashSet<>(List.of("add-constraints")),
          Set.of("humaneval", "humaneval-plus", "mbpp", "mbpp-plus"));

  @Test
  void everyExampleBinds() throws Exception {
    List<Path> examples = examples();
    assumeTrue(!examples.isEmpty(), "there are no examples yet");
    for (Path example : examples) {
      assertThat(problems(example)).as(example.toString()).isEmpty();
    }
  }

  private static List<Path> examples() throws Exception {
    if (!Files.isDirectory(EXAMPLES)) {
      return List.of();
    }
    try (var files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          // Scripts of the simulated teacher are no experiments.
          .filter(file -> !file.startsWith(EXAMPLES.resolve("simulated-teacher")))
          .sorted()
          .toList();
    }
  }

  private static List<Problem> problems(Path example) {
    try {
      assertThat(ExperimentGrid.read(example, VOCABULARY).cells()).isNotEmpty();
      return List.of();
    } catch (ExperimentException e) {
      return e.problems().stream().filter(problem -> !isOfThisMachine(problem)).toList();
    }
  }

  // An example may point at a corpus that only some machines have; that is no mistake in the file.
  private static boolean isOfThisMachine(Problem problem) {
    return problem.range().endsWith("that exists") && problem.value().matches("(/|~|\\$\\{).*");
  }
}
