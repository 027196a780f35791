package org.seedwright.pipelines.story;

import java.util.List;
import org.seedwright.pipelines.stage.Branch;

/** The stages of a chain by name, and the tables that requests and replies are in. */
final class Chain {
  static final String SOURCES = "sources";
  static final String SEEDS = "seeds";
  static final String EXAMPLES = "examples";
  static final String INSTRUCT = "instruct";
  static final String LISTING = "listing";
  static final String REQUESTS = "requests";
  static final String REPLIES = "replies";

  /** What the tables of the judge's requests and replies begin with. */
  static final String JUDGE = "judge-";

  private Chain() {}

  static boolean holdsSamples(String stage) {
    return !List.of(SOURCES, SEEDS, EXAMPLES).contains(Branch.step(stage));
  }

  static boolean evolves(String stage) {
    return Branch.step(stage).startsWith("evolve-");
  }
}
