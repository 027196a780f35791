package org.seedwright.pipelines.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;

/** What became of a run, as parts of the object of {@code run --json}. */
final class OutcomeJson {
  private OutcomeJson() {}

  static Map<String, Object> begin(String run, WorkspaceFiles files) {
    var object = new LinkedHashMap<String, Object>();
    object.put("run", run);
    object.put("workspace", files.root());
    return object;
  }

  static Map<String, Object> stage(StageOutcome outcome) {
    Units units = outcome.manifest().units();
    var stage = new LinkedHashMap<String, Object>();
    stage.put("name", outcome.manifest().stage());
    stage.put("fingerprint", outcome.manifest().fingerprint());
    stage.put("status", outcome.reused() ? "reused" : "computed");
    stage.put("attempted", units.attempted());
    stage.put("out", units.out());
    stage.put("rejected", units.rejected());
    stage.put("failed", units.failed());
    stage.put("notSelected", units.notSelected());
    stage.put("seconds", outcome.reused() ? 0 : outcome.manifest().seconds());
    stage.put("contentHash", outcome.manifest().contentHash());
    stage.put(
        "costUsd", Usd.exact(outcome.reused() ? 0 : outcome.manifest().teacher().costNanoUsd()));
    return stage;
  }

  static Map<String, Object> teacher(TeacherUse use) {
    var teacher = new LinkedHashMap<String, Object>();
    teacher.put("requests", use.requests());
    teacher.put("storeHits", use.storeHits());
    teacher.put("paidCalls", use.paidCalls());
    teacher.put("inDoubt", use.inDoubt());
    teacher.put("inputTokens", use.inputTokens());
    teacher.put("outputTokens", use.outputTokens());
    teacher.put("retries", use.retries());
    teacher.put("costUsd", Usd.exact(use.costNanoUsd()));
    teacher.put("repliesUsd", Usd.exact(use.repliesNanoUsd()));
    return teacher;
  }

  static Map<String, Object> dataset(StageOutcome dataset) {
    var rows = new LinkedHashMap<String, Object>();
    rows.put("path", dataset.folder());
    rows.put("rows", dataset.manifest().units().out());
    rows.put("contentHash", dataset.manifest().contentHash());
    return rows;
  }
}
