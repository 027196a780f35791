package org.seedwright.evaluate.samples;

/**
 * A generation as a file has it, before it is known whether its task exists.
 *
 * @param taskId as the file spells it
 */
record Found(String taskId, Generation.Form form, String text, Generation.Place place) {
  Generation as(String knownId, int ordinal) {
    return new Generation(knownId, ordinal, form, text, place);
  }
}
