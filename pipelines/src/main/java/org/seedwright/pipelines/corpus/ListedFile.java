package org.seedwright.pipelines.corpus;

import java.util.Optional;

/**
 * A file of a source, as listed.
 *
 * @param id document id: over source name, relative path and the content's digest
 * @param source name of the source in the experiment
 * @param path relative to the source, with forward slashes
 * @param bytes its size
 * @param sha256 of its bytes, 64 hex digits
 * @param revision commit of a git checkout
 * @param license SPDX id of the nearest licence file above it, or as declared for the source
 * @param licenseEvidence where that was read
 */
public record ListedFile(
    String id,
    String source,
    String path,
    long bytes,
    String sha256,
    Optional<String> revision,
    Optional<String> license,
    Optional<String> licenseEvidence) {}
