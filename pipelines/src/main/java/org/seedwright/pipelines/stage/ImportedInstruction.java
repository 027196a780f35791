package org.seedwright.pipelines.stage;

/**
 * An instruction that was found in a file of the experiment's {@code instructions}.
 *
 * @param id of its row, kept or not
 * @param file last part of the file's path
 * @param firstLine where the row of the file begins, from 1
 * @param lastLine where it ends
 * @param round 0 for what evolution starts from
 * @param lineage {@code root} in round 0; {@code unknown} in the rounds of an evolution made
 *     elsewhere, whose files do not tell parents and heuristics
 */
public record ImportedInstruction(
    String id, String file, int firstLine, int lastLine, int round, String lineage) {
  /** The table that every instruction of a file is in. */
  public static final String TABLE = "imported";
}
