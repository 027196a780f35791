package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seedwright.pipelines.run.StageOutcome;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;

/** The last lines of a run: what came in to each stage and what became of it. */
final class FunnelTable {
  private static final String[] HEAD = {
    "stage", "in", "out", "rejected", "not selected", "calls", "seconds", ""
  };

  private FunnelTable() {}

  static String of(List<StageOutcome> outcomes) {
    var rows = new ArrayList<String[]>();
    rows.add(HEAD);
    for (StageOutcome outcome : outcomes) {
      Units units = outcome.manifest().units();
      TeacherUse use = outcome.manifest().teacher();
      rows.add(
          new String[] {
            outcome.manifest().stage(),
            number(units.attempted()),
            number(units.out()),
            number(units.rejectedInAll()),
            number(units.notSelected()),
            outcome.reused() ? number(0) : number(use.paidCalls()),
            outcome.reused()
                ? "reused"
                : String.format(Locale.ROOT, "%.1f", outcome.manifest().seconds()),
            reasons(units.rejected())
          });
    }
    int[] widths = new int[HEAD.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(String[] row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      boolean left = i == 0 || i == row.length - 1;
      line.append(i == 0 ? "" : "  ");
      line.append(
          left
              ? row[i] + " ".repeat(i == 0 ? widths[i] - row[i].length() : 0)
              : " ".repeat(widths[i] - row[i].length()) + row[i]);
    }
    return line.toString().stripTrailing();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String reasons(Map<String, Long> rejected) {
    return rejected.entrySet().stream()
        .map(entry -> "%s %s".formatted(entry.getKey(), number(entry.getValue())))
        .collect(Collectors.joining(", "));
  }
}
