package org.seedwright.pipelines.corpus;

/**
 * A file on disk that a source is read from: one unit, or an archive or corpus of many.
 *
 * @param id document id: over source name, relative path and the content's digest
 * @param source name of the source in the experiment
 * @param path relative to the source, with forward slashes; of a source that is one file, its name
 * @param form what it is read as
 * @param bytes its size
 * @param sha256 of its bytes, 64 hex digits
 * @param provenance what holds for it; for the members of an archive, where the archive does not
 *     say it
 */
public record Container(
    String id,
    String source,
    String path,
    ContainerForm form,
    long bytes,
    String sha256,
    Provenance provenance) {

  /** Returns the path of something inside, as in the address of a jar's entry. */
  String inside(String member) {
    return path + "!/" + member;
  }
}
