package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.extraction.Extraction;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Samples;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Table;

/**
 * A file of samples as programs, one row for each sample and extraction. They are in memory of the
 * command, as the reading of samples has them: some kilobytes each.
 *
 * @param answers the programs
 */
public record AnswersStage(List<AnswerProgram> answers) implements Stage {
  /** The stage's name. */
  public static final String NAME = "answers";

  private record Configuration(String programsDigest) {}

  public AnswersStage {
    answers = answers.stream().sorted(Comparator.comparing(AnswerProgram::id)).toList();
  }

  /**
   * Makes programs of samples.
   *
   * @param extractions each makes a program of its own; ids distinct
   * @throws IllegalArgumentException if a task lacks what an extraction needs
   */
  public static AnswersStage of(TaskSet set, Samples samples, List<Extraction> extractions) {
    Map<String, Task> tasks = set.byId();
    String benchmark = set.benchmark() + " " + set.version();
    var answers = new ArrayList<AnswerProgram>();
    for (Generation generation : samples.generations()) {
      Task task = tasks.get(generation.taskId());
      for (Extraction extraction : extractions) {
        Generation extracted = extraction.extract(generation, task);
        String program =
            extracted.form() == Generation.Form.COMPLETION
                ? task.programOf(extracted.text())
                : extracted.text();
        answers.add(
            AnswerProgram.of(
                benchmark,
                task.id(),
                generation.ordinal(),
                extraction.id(),
                generation.form().id(),
                program));
      }
    }
    return new AnswersStage(answers);
  }

  /** Returns the programs that an extraction made. */
  public List<AnswerProgram> of(String extraction) {
    return answers.stream().filter(answer -> answer.extraction().equals(extraction)).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        CanonicalJson.digest(answers.stream().map(CanonicalJson::digest).toList()));
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) throws IOException {
    SmallTable.write(Table.of(AnswerProgram.class), work.output(""), answers);
    return answers.size();
  }
}
