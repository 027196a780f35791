package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * What the execution store knew when a job began, for workers, who cannot open it.
 *
 * @param tables one; none where programs run in the process that has the store open
 */
record KnownOutcomes(List<TableFolder> tables) implements Serializable {
  /** Whoever runs a program asks the store itself. */
  static final KnownOutcomes ASKED = new KnownOutcomes(List.of());

  KnownOutcomes {
    tables = List.copyOf(tables);
  }

  static KnownOutcomes write(TableFolder folder, Collection<KnownOutcome> rows) throws IOException {
    SmallTable.write(Table.of(KnownOutcome.class), folder, rows, KnownOutcome::taskId);
    return new KnownOutcomes(List.of(folder));
  }

  /** Outcomes by key of execution, of the tasks that come to a shard. */
  Map<String, Outcome> ofShard(int shard) throws IOException {
    var known = new HashMap<String, Outcome>();
    for (TableFolder folder : tables) {
      try (var part = folder.open(Table.of(KnownOutcome.class), shard)) {
        part.forEachRemaining(row -> known.put(row.executionKey(), row.outcome()));
      }
    }
    return known;
  }
}
