package org.seedwright.pipelines.run;

import java.util.List;
import java.util.Map;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.InstructionFile;

/**
 * What is read from this machine for a branch: one of the three, and the others are empty.
 *
 * @param listings what each source holds, by its name
 * @param given the files of instructions by round
 * @param tasks instructions of the seed tasks
 */
record BranchInputs(
    Map<String, List<Container>> listings, List<InstructionFile> given, List<String> tasks) {
  BranchInputs {
    given = List.copyOf(given);
    tasks = List.copyOf(tasks);
  }
}
