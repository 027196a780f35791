package org.seedwright.pipelines.corpus;

import java.util.Optional;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Reason;

/** A unit of a source as it was read: its bytes, or why there are none. */
public final class FoundFile {
  /** Why a unit was not read. */
  public record Refusal(Reason reason, String evidence) {}

  private static final byte[] NOTHING = new byte[0];
  private static final String SHA256_OF_NOTHING = Identity.sha256(NOTHING);

  private final String path;
  private final ReadBytes read;
  private final Optional<Refusal> refusal;
  private final Provenance provenance;
  private final Optional<String> language;

  private FoundFile(
      String path,
      ReadBytes read,
      Optional<Refusal> refusal,
      Provenance provenance,
      Optional<String> language) {
    this.path = path;
    this.read = read;
    this.refusal = refusal;
    this.provenance = provenance;
    this.language = language;
  }

  static FoundFile of(String path, ReadBytes read, Provenance provenance) {
    return new FoundFile(path, read, Optional.empty(), provenance, Optional.empty());
  }

  static FoundFile refused(String path, Reason reason, String evidence, Provenance provenance) {
    return new FoundFile(
        path,
        new ReadBytes(NOTHING, 0, SHA256_OF_NOTHING),
        Optional.of(new Refusal(reason, evidence)),
        provenance,
        Optional.empty());
  }

  FoundFile inLanguage(Optional<String> name) {
    return new FoundFile(path, read, refusal, provenance, name);
  }

  /** Returns the same unit as one that was there before, under a path that no other has. */
  FoundFile repeated(String other) {
    return new FoundFile(
        other,
        read,
        Optional.of(
            new Refusal(
                Reason.REPEATED_FILE, "%s with this content was there before".formatted(path))),
        provenance,
        language);
  }

  /** Returns the path relative to the source, with forward slashes. */
  public String path() {
    return path;
  }

  /** Returns how many bytes it has; 0 where it was not read. */
  public long bytes() {
    return read.size();
  }

  /** Returns the digest of its bytes, of none where it was not read, as 64 hex digits. */
  public String sha256() {
    return read.sha256();
  }

  /** Returns its bytes; of a file that is too long only the first ones. */
  public byte[] content() {
    return read.held();
  }

  /** Returns why it was not read, if it was not. */
  public Optional<Refusal> refusal() {
    return refusal;
  }

  /** Returns what is known of it beside its text. */
  public Provenance provenance() {
    return provenance;
  }

  /** Returns the language as a corpus calls it, where it does. */
  public Optional<String> language() {
    return language;
  }
}
