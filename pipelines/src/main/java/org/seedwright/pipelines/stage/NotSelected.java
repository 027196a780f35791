package org.seedwright.pipelines.stage;

/**
 * A unit that a selection left aside.
 *
 * @param id of the unit
 * @param parentId of what it was made from
 * @param evidence the selection and where the unit stood in it
 */
public record NotSelected(String id, String parentId, String evidence) {
  /** The table that such units are in. */
  public static final String TABLE = "not-selected";
}
