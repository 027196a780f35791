package org.seedwright.pipelines.corpus;

import java.util.Optional;

/**
 * A unit of a source, as it was found.
 *
 * @param id document id: over source name, relative path and the content's digest
 * @param source name of the source in the experiment
 * @param path relative to the source, with forward slashes
 * @param repository as a corpus or a package names it
 * @param bytes its size; 0 where it was not read
 * @param sha256 of its bytes, 64 hex digits; that of nothing where it was not read
 * @param revision commit of a git checkout, or as a corpus names it
 * @param license SPDX expression, as far as anything but the file's own text says
 * @param licenseEvidence where that was read
 */
public record ListedFile(
    String id,
    String source,
    String path,
    Optional<String> repository,
    long bytes,
    String sha256,
    Optional<String> revision,
    Optional<String> license,
    Optional<String> licenseEvidence) {}
