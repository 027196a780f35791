package org.seedwright.decontaminate;

/** Why a row leaves a data set here. The id is what tables and ledgers store; it never changes. */
public enum Reason {
  /** Another row that stays has the same text after normalisation. */
  DUPLICATE("duplicate"),

  /** Another row that stays shares most of its runs of words. */
  NEAR_DUPLICATE("near-duplicate"),

  /** A column holds text of a benchmark. */
  CONTAMINATED("contaminated");

  private final String id;

  Reason(String id) {
    this.id = id;
  }

  /** The kebab-case name of this reason in tables. */
  public String id() {
    return id;
  }
}
