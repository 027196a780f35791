package org.seedwright.pipelines.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.ResponseStore;

/** Hears of requests without a reply, and says what to do where a batch service is to answer. */
final class OutstandingBatch implements Consumer<RequestRow> {
  private final Experiment experiment;
  private final BatchCommands commands;
  private final Set<String> keys = new LinkedHashSet<>();
  private String step = "";

  OutstandingBatch(Experiment experiment, BatchCommands commands) {
    this.experiment = experiment;
    this.commands = commands;
  }

  /** Whether a batch service answers this role. */
  static boolean answers(Experiment experiment, String role) {
    for (TeacherRole one : TeacherRole.values()) {
      if (one.id().equals(role)) {
        return experiment.teacher(one).provider() == TeacherConfig.Provider.BATCH;
      }
    }
    return false;
  }

  /** What a request belongs to: its label without the seed. */
  static String step(RequestRow request) {
    int slash = request.label().indexOf('/');
    return slash < 0 ? request.label() : request.label().substring(0, slash);
  }

  @Override
  public synchronized void accept(RequestRow request) {
    if (answers(experiment, request.role())) {
      step = step(request);
      keys.add(request.key());
    }
  }

  /** Returns the same stop, with the commands that go on where requests wait for a batch. */
  synchronized StageStoppedException explained(StageStoppedException stop, ResponseStore store) {
    if (keys.isEmpty()) {
      return stop;
    }
    Set<String> exported = store.exported().stream().map(InDoubt::key).collect(Collectors.toSet());
    long awaited = keys.stream().filter(exported::contains).count();
    long fresh = keys.size() - awaited;
    var text = new StringBuilder();
    text.append(
        "%s waits for a batch: %d requests have no reply, %d of them exported already"
            .formatted(step, keys.size(), awaited));
    if (fresh > 0) {
      text.append("\n  ").append(commands.export(step + ".jsonl"));
    }
    text.append("\n  ").append(commands.bring());
    text.append("\nthen the same command goes on");
    return new StageStoppedException(text.toString());
  }
}
