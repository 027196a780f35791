package org.seedwright.evaluate.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.seedwright.evaluate.rows.JsonRow;

/**
 * A benchmark in one pinned file whose rows hold the tests too.
 *
 * @param problems how a row becomes a problem
 * @param reading how a problem and its row become a task
 */
record ExecutableFile(FileBenchmark problems, BiFunction<Problem, JsonRow, Task> reading)
    implements ExecutableBenchmark {
  @Override
  public String id() {
    return problems.id();
  }

  @Override
  public String title() {
    return problems.title();
  }

  @Override
  public String version() {
    return problems.version();
  }

  @Override
  public String paper() {
    return problems.paper();
  }

  @Override
  public int size() {
    return problems.size();
  }

  @Override
  public DataFile file() {
    return problems.file();
  }

  @Override
  public List<Problem> problems(Path dataFolder) {
    return problems.problems(dataFolder);
  }

  @Override
  public TaskSet taskSet(Path dataFolder) {
    List<Task> tasks = new ArrayList<>();
    problems.read(dataFolder, (problem, row) -> tasks.add(reading.apply(problem, row)));
    return new TaskSet(id(), version(), tasks);
  }
}
