package org.seedwright.pipelines.corpus;

import java.util.Optional;
import org.seedwright.evolve.Reason;

/**
 * One instruction of a file with what answers it there, or why it is none.
 *
 * @param ordinal its place among all of the file, from 0
 * @param firstLine where the row that holds it begins, from 1
 * @param lastLine where that row ends
 * @param instruction input and constraints included
 * @param response empty where the file has none
 * @param refusal why it is not taken
 */
public record GivenInstruction(
    int ordinal,
    int firstLine,
    int lastLine,
    String instruction,
    Optional<String> response,
    Optional<Refusal> refusal) {

  /** A reason with its evidence. */
  public record Refusal(Reason reason, String evidence) {}
}
