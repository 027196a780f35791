package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.List;

/** One step of a run, from the tables of earlier stages to tables of its own. */
public interface Stage {
  /** Returns the name, unique in a run, such as {@code evolve-2}. */
  String name();

  /** Returns the version of this stage's code: one more whenever equal input gives other rows. */
  int version();

  /** Returns all of the experiment that can change a row, and nothing else. */
  Record configuration();

  /** Returns the names of the stages that it reads. */
  List<String> inputs();

  /**
   * Computes the tables: the main one, {@code rejected}, and what else the stage has.
   *
   * @return how many units came in, counted at the input and not at what became of them
   * @throws StageStoppedException if requests stayed unanswered; what was answered is in the store
   */
  long compute(StageWork work) throws IOException, InterruptedException;
}
