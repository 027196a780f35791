package org.seedwright.pipelines.experiment;

/** What a teacher is asked for. A role that the file does not name is played by {@link #MAIN}. */
public enum TeacherRole implements Word {
  /** Every role that is not named. */
  MAIN("main", "Plays every role that is not named."),
  /** Makes instructions from seeds. */
  INSTRUCT("instruct", "Makes instructions from seeds."),
  /** Rewrites instructions by heuristics. */
  EVOLVE("evolve", "Rewrites instructions by heuristics."),
  /** Answers instructions. */
  RESPOND("respond", "Answers instructions."),
  /** Says whether a child equals its parent. */
  JUDGE("judge", "Says whether an evolved instruction equals its parent.");

  private final String id;
  private final String description;

  TeacherRole(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** Returns one sentence for the reader of the schema. */
  String description() {
    return description;
  }

  @Override
  public String id() {
    return id;
  }
}
