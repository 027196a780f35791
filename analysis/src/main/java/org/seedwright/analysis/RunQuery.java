package org.seedwright.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The questions about a run that {@link RunTables} answers; each is a resource file {@code .sql}.
 */
public enum RunQuery {
  /** What came in to each stage, what went out, and the reasons for the difference. */
  FUNNEL("what came in to each stage and what became of it", 1, false),
  /** Rejected units by stage and reason. */
  REJECTIONS("the reasons for which units left, stage by stage", 2, false),
  /** Yield, refusals, survival, growth and cost of each round. */
  ROUNDS("yield, refusals, survival, growth and cost of each round", 1, true),
  /** The same by round and heuristic. */
  HEURISTICS("the same of each heuristic in each round", 2, true),
  /** Rows and cost of each branch. */
  BRANCHES("rows and cost of each branch", 1, true),
  /** Files, seeds and rows of each language. */
  LANGUAGES("files, seeds and rows of each language", 1, true),
  /** Files, seeds and rows of each licence. */
  LICENSES("files, seeds and rows of each licence", 1, true),
  /** How long texts and replies of the data set are. */
  LENGTHS("how long the data set's texts and the replies behind them are", 3, true);

  private final String says;
  private final int keys;
  private final boolean readsRows;

  RunQuery(String says, int keys, boolean readsRows) {
    this.says = says;
    this.keys = keys;
    this.readsRows = readsRows;
  }

  /** Returns the query of an id, if there is one. */
  public static Optional<RunQuery> of(String id) {
    return Arrays.stream(values()).filter(query -> query.id().equals(id)).findFirst();
  }

  /** Returns the ids of all queries. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(RunQuery::id).toList();
  }

  /** Returns its name on the command line and in file names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it answers, for people. */
  public String says() {
    return says;
  }

  /** Returns how many of the first columns together name a row. */
  public int keys() {
    return keys;
  }

  /** Tells whether it reads rows; otherwise manifests alone. */
  public boolean readsRows() {
    return readsRows;
  }
}
