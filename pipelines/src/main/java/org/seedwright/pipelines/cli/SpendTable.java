package org.seedwright.pipelines.cli;

import java.util.List;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.workspace.TeacherUse;

/** What a run asked and paid now, by stage. */
final class SpendTable {
  private SpendTable() {}

  /** Returns the table; empty where nobody was asked. */
  static TextTable of(List<StageOutcome> outcomes) {
    var table =
        TextTable.of("stage", "requests", "calls", "retries", "tokens in", "tokens out", "USD");
    for (StageOutcome outcome : outcomes) {
      TeacherUse use = outcome.manifest().teacher();
      if (!outcome.reused() && use.requests() > 0) {
        table.add(
            outcome.manifest().stage(),
            Sizes.count(use.requests()),
            Sizes.count(use.paidCalls()),
            Sizes.count(use.retries()),
            Sizes.count(use.inputTokens()),
            Sizes.count(use.outputTokens()),
            Usd.text(use.costNanoUsd()));
      }
    }
    return table;
  }
}
