package org.seedwright.decontaminate;

/** Why a row leaves a data set here. The id is what tables and ledgers store; it never changes. */
public enum Reason {
  /** Another row that stays has the same text after normalisation. */
  DUPLICATE("duplicate"),

  /** Another row that stays shares most of its runs of words. */
  NEAR_DUPLICATE("near-duplicate"),

  /** Every text of a row must be new, and a row that stays has the same seed. */
  DUPLICATE_SEED("duplicate-seed"),

  /** Every text of a row must be new, and a row that stays has the same instruction. */
  DUPLICATE_INSTRUCTION("duplicate-instruction"),

  /** Every text of a row must be new, and a row that stays has the same response. */
  DUPLICATE_RESPONSE("duplicate-response"),

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
