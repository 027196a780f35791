package org.seedwright.evolve.seed;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * Decides which files become {@link SourceFile}s: text in UTF-8, in a known language, not too long
 * and without a secret.
 *
 * @param maxBytes largest size that is taken, at least 1
 */
public record SourceGate(long maxBytes) implements Serializable {
  /**
   * What a file that passes holds.
   *
   * @param content without byte order mark and corpus header tags; not empty
   */
  public record Admitted(String language, String content) implements Serializable {}

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  public SourceGate {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "the largest file must have at least 1 byte, but was %d".formatted(maxBytes));
    }
  }

  /**
   * Returns language and text of a file, or the first reason against it, in the order empty-file,
   * oversized, nul-bytes, bad-utf8, secret, unknown-language.
   *
   * @param path path relative to the source, with forward slashes
   */
  public Parsed<Admitted> admit(String path, byte[] bytes) {
    return admit(path, Optional.empty(), bytes);
  }

  /**
   * As {@link #admit(String, byte[])}, where something else than the path says the language.
   *
   * @param named the language as a corpus calls it, such as {@code C++}; goes before the path
   */
  public Parsed<Admitted> admit(String path, Optional<String> named, byte[] bytes) {
    if (bytes.length == 0) {
      return Parsed.rejected(Reason.EMPTY_FILE, "the file has no bytes");
    }
    if (isOversized(bytes.length)) {
      return oversized(bytes.length);
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Parsed.rejected(Reason.NUL_BYTES, "byte %d is NUL".formatted(i));
      }
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult decoded = decoder.decode(in, out, true);
    if (decoded.isError()) {
      return Parsed.rejected(
          Reason.BAD_UTF8, "the bytes from offset %d are not UTF-8".formatted(in.position()));
    }
    String text = out.flip().toString();
    String content =
        CorpusTags.strip(
            !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
    if (content.isEmpty()) {
      return Parsed.rejected(
          Reason.EMPTY_FILE, "the file has nothing but a byte order mark or corpus tags");
    }
    Optional<Secrets.Finding> secret = Secrets.find(content);
    if (secret.isPresent()) {
      return Parsed.rejected(
          Reason.SECRET, "%s in line %d".formatted(secret.get().kind(), secret.get().line()));
    }
    Optional<String> language =
        named.isPresent() ? Languages.named(named.get()) : Languages.of(path, content);
    if (language.isEmpty()) {
      return Parsed.rejected(
          Reason.UNKNOWN_LANGUAGE,
          named.isPresent()
              ? "the corpus calls its language %s, which is not known here".formatted(named.get())
              : "neither the name nor the first line tells a known language");
    }
    return Parsed.accepted(new Admitted(language.get(), content));
  }

  /**
   * Returns a file as a row, or the first reason against it, as {@link #admit} says. Licence and
   * copyright are what the file's own header says; a revision is not known here.
   *
   * @param source what the files together are called; part of the row's id, as the path is
   * @param path path relative to the source, with forward slashes
   */
  public Parsed<SourceFile> read(String source, String path, byte[] bytes) {
    Parsed<Admitted> gated = admit(path, bytes);
    if (gated instanceof Parsed.Rejected<Admitted> rejection) {
      return rejection.ofType();
    }
    Admitted admitted = ((Parsed.Accepted<Admitted>) gated).value();
    LicenseHeader header = LicenseHeader.of(admitted.content(), admitted.language());
    String sha256 = Identity.sha256(bytes);
    return Parsed.accepted(
        new SourceFile(
            Identity.document(source, path, sha256),
            source,
            path,
            Optional.empty(),
            admitted.language(),
            Optional.empty(),
            header.license().map(License::spdx),
            header.license().map(License::evidence),
            header.copyright(),
            List.of(),
            bytes.length,
            sha256,
            admitted.content()));
  }

  /** Tells whether a file of this size is too long, so that it need not be read. */
  public boolean isOversized(long bytes) {
    return bytes > maxBytes;
  }

  /** Returns the rejection of a file of this size. */
  public Parsed.Rejected<Admitted> oversized(long bytes) {
    return new Parsed.Rejected<>(
        Reason.OVERSIZED, "%d bytes are more than %d".formatted(bytes, maxBytes));
  }
}
