package org.seedwright.pipelines.workspace;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The files of a finished stage, held against its manifest. Files that the manifest does not name
 * are nobody's business: no stage reads them.
 *
 * @param folder of the stage, without a slash at its end
 * @param manifest what the folder says of itself
 */
public record StageFiles(String folder, StageManifest manifest) {
  private static final int BUFFER = 1 << 16;

  /**
   * Checks that every file is there with its length; reads none of them.
   *
   * @throws DamagedStageException if one is absent, shorter or longer
   */
  public void requireWhole() throws IOException {
    refuse(flawsInLength());
  }

  /**
   * Checks that every file holds the bytes that were written.
   *
   * @throws DamagedStageException if one does not
   */
  public void requireUnaltered() throws IOException {
    requireUnaltered(file -> true);
  }

  /**
   * Checks that some files hold the bytes that were written.
   *
   * @param which tells by the path inside the folder whether a file is to be checked
   * @throws DamagedStageException if one does not
   */
  public void requireUnaltered(Predicate<String> which) throws IOException {
    refuse(flaws(which));
  }

  /** Returns every file that does not hold the bytes that were written, in the manifest's order. */
  public List<FlawedFile> flaws() throws IOException {
    return flaws(file -> true);
  }

  private void refuse(List<FlawedFile> flaws) throws DamagedStageException {
    if (!flaws.isEmpty()) {
      throw new DamagedStageException(folder, flaws);
    }
  }

  private List<FlawedFile> flaws(Predicate<String> which) throws IOException {
    List<StageManifest.FileEntry> entries =
        manifest.files().stream().filter(entry -> which.test(entry.file())).toList();
    List<FlawedFile> flaws = new ArrayList<>();
    List<MatchResult> found = find(entries);
    for (int i = 0; i < entries.size(); i++) {
      StageManifest.FileEntry entry = entries.get(i);
      Optional<FlawedFile> length = flawInLength(entry, found.get(i));
      if (length.isPresent()) {
        flaws.add(length.get());
      } else if (!sha256(path(entry)).equals(entry.sha256())) {
        flaws.add(
            new FlawedFile(
                path(entry), "its SHA-256 is not that of the manifest: bytes in it were altered"));
      }
    }
    return flaws;
  }

  private List<FlawedFile> flawsInLength() throws IOException {
    var flaws = new ArrayList<FlawedFile>();
    List<MatchResult> found = find(manifest.files());
    for (int i = 0; i < found.size(); i++) {
      flawInLength(manifest.files().get(i), found.get(i)).ifPresent(flaws::add);
    }
    return flaws;
  }

  private List<MatchResult> find(List<StageManifest.FileEntry> entries) throws IOException {
    return entries.isEmpty()
        ? List.of()
        : FileSystems.matchResources(
            entries.stream()
                .map(entry -> FileSystems.matchNewResource(path(entry), false))
                .toList());
  }

  private Optional<FlawedFile> flawInLength(StageManifest.FileEntry entry, MatchResult found)
      throws IOException {
    if (found.status() == MatchResult.Status.NOT_FOUND || found.metadata().isEmpty()) {
      return Optional.of(new FlawedFile(path(entry), "is not there, but the manifest names it"));
    }
    long bytes = found.metadata().get(0).sizeBytes();
    return bytes == entry.bytes()
        ? Optional.empty()
        : Optional.of(
            new FlawedFile(
                path(entry),
                "has %d bytes, but the manifest says %d".formatted(bytes, entry.bytes())));
  }

  private String path(StageManifest.FileEntry entry) {
    return folder + "/" + entry.file();
  }

  private static String sha256(String file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (ReadableByteChannel in = FileSystems.open(FileSystems.matchNewResource(file, false))) {
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    } catch (FileNotFoundException e) {
      // It was there a moment ago: somebody removes the folder meanwhile.
      return "";
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
