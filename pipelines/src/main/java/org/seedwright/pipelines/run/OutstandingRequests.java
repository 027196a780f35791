package org.seedwright.pipelines.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.stage.TeacherAnswers;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.RecordedTeacher;
import org.seedwright.pipelines.teacher.Teacher;

/**
 * What a run would ask for next: the requests of its first paid step that a store cannot answer.
 */
public final class OutstandingRequests {
  private OutstandingRequests() {}

  /**
   * Runs a plan on a store alone, as far as it goes.
   *
   * @param listener hears of the stages on the way
   * @return the requests without a reply, by label; empty if the run came to its end
   */
  public static List<RequestRow> of(
      ExperimentPlan plan, ResponseStore store, Engine engine, RunListener listener)
      throws IOException, InterruptedException {
    var outstanding = Collections.synchronizedList(new ArrayList<RequestRow>());
    Map<String, Teacher> teachers = new LinkedHashMap<>();
    for (TeacherRole role : TeacherRole.values()) {
      teachers.put(role.id(), new RecordedTeacher());
    }
    try (var answering = new Answering(store, 1)) {
      var answers = new TeacherAnswers(answering, teachers, outstanding::add, true);
      new StageRunner(engine, answers, listener).run(plan);
    } catch (StageStoppedException e) {
      if (outstanding.isEmpty()) {
        throw e;
      }
    }
    return outstanding.stream()
        .sorted(Comparator.comparing(RequestRow::label).thenComparing(RequestRow::key))
        .toList();
  }
}
