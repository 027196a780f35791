package org.seedwright.pipelines.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.LimitsConfig;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.store.Recording;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.Backoff;
import org.seedwright.pipelines.teacher.FlowLimits;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.teacher.Terms;

/** Makes the teachers of an experiment: how they are reached, which no row depends on. */
public final class TeacherFactory {
  private TeacherFactory() {}

  /**
   * Returns a teacher for every role; roles with the same configuration share one. Recordings are
   * brought into the store first.
   *
   * @param environment looks an environment variable up
   * @throws Recording.RecordingException if a recording cannot be used
   * @throws IllegalArgumentException if the variable named for a key is not set
   */
  public static Map<String, Teacher> of(
      Experiment experiment, ResponseStore store, UnaryOperator<String> environment)
      throws Recording.RecordingException {
    importRecordings(experiment, store);
    var made = new LinkedHashMap<TeacherConfig, Teacher>();
    var teachers = new LinkedHashMap<String, Teacher>();
    for (TeacherRole role : TeacherRole.values()) {
      TeacherConfig config = experiment.teacher(role);
      Teacher teacher = made.get(config);
      if (teacher == null) {
        teacher = Reach.of(config).teacher(environment);
        made.put(config, teacher);
      }
      teachers.put(role.id(), teacher);
    }
    return teachers;
  }

  /**
   * Brings the recordings of an experiment into the store.
   *
   * @throws Recording.RecordingException if one cannot be used
   */
  public static void importRecordings(Experiment experiment, ResponseStore store)
      throws Recording.RecordingException {
    var recordings = new LinkedHashSet<Path>();
    for (TeacherRole role : TeacherRole.values()) {
      experiment.teacher(role).recording().ifPresent(recordings::add);
    }
    for (Path recording : recordings) {
      Recording.read(recording).importInto(store);
    }
  }

  /** Returns how hard the process may press the teachers of an experiment. */
  public static FlowLimits limits(Experiment experiment) {
    LimitsConfig limits = experiment.limits();
    return new FlowLimits(
        limits.concurrency(),
        limits.requestsPerMinute().map(OptionalInt::of).orElseGet(OptionalInt::empty),
        limits.tokensPerMinute().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        Duration.ofSeconds(limits.giveUpAfterSeconds()));
  }

  /** Returns how often a teacher is asked again, and what it costs. */
  public static Terms terms(TeacherConfig config) {
    return new Terms(
        new Backoff(config.attempts(), Backoff.DEFAULT.first(), Backoff.DEFAULT.longest()),
        Money.price(config));
  }
}
