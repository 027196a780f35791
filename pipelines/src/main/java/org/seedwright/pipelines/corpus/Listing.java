package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.seed.LicenseText;

/**
 * Lists the files of a folder or git checkout: every regular file of the folder, or every tracked
 * one of the checkout, in the order of its path. Links are not followed, so that a listing ends and
 * stays inside its folder; {@code .git} is never part of one.
 *
 * <p>A listing is held in memory, some 300 bytes a file.
 */
public final class Listing {
  private static final Pattern LICENSE_FILE =
      Pattern.compile("(?i)(un)?licen[sc]e([-.].{1,40})?|copying([-.].{1,40})?");

  /** A name that is not a program's: license.py is no licence. */
  private static final Pattern TEXT_FILE = Pattern.compile("(?i)[^.]+([.](txt|md|rst))?");

  private static final long LONGEST_LICENSE = 1L << 20;

  private final Path folder;
  private final String source;
  private final Optional<String> declaredLicense;
  private final DigestCache digests;
  private final Map<String, Optional<FolderLicense>> licenses = new HashMap<>();

  /** What a folder's licence file says; nothing where it is one that is not recognised. */
  private record FolderLicense(Optional<String> license, Optional<String> evidence) {}

  private Listing(
      Path folder, String source, Optional<String> declaredLicense, DigestCache digests) {
    this.folder = folder;
    this.source = source;
    this.declaredLicense = declaredLicense;
    this.digests = digests;
  }

  /**
   * Lists a source.
   *
   * @param git whether only tracked files count and the revision is recorded
   * @param include glob patterns on the relative path; every file if empty
   * @throws CorpusException if the source is not as declared
   */
  public static List<ListedFile> of(
      String source,
      Path folder,
      boolean git,
      Optional<String> declaredLicense,
      List<String> include,
      DigestCache digests)
      throws IOException {
    var listing = new Listing(folder, source, declaredLicense, digests);
    Optional<String> revision = Optional.empty();
    Stream<String> paths;
    if (git) {
      var checkout = new GitCheckout(folder);
      revision = Optional.of(checkout.revision());
      paths =
          checkout.files().stream()
              .filter(
                  path ->
                      Files.isRegularFile(
                          folder.resolve(path), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    } else {
      paths = listing.regularFiles().stream();
    }
    List<PathMatcher> matchers =
        include.stream()
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
    var files = new ArrayList<ListedFile>();
    for (String path : paths.filter(path -> matches(matchers, path)).sorted().toList()) {
      files.add(listing.list(path, revision));
    }
    return List.copyOf(files);
  }

  private static boolean matches(List<PathMatcher> matchers, String path) {
    return matchers.isEmpty()
        || matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
  }

  private List<String> regularFiles() throws IOException {
    var paths = new ArrayList<String>();
    // The folder itself may be a link; those inside it are not followed.
    Path root = folder.toRealPath();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isGits(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isGits(file)) {
              paths.add(root.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }

  /** A checkout has a folder of this name; a worktree or a submodule has a file. */
  private static boolean isGits(Path path) {
    return path.endsWith(".git");
  }

  private ListedFile list(String path, Optional<String> revision) throws IOException {
    Path file = folder.resolve(path);
    String sha256 = digests.sha256(file);
    int slash = path.lastIndexOf('/');
    Optional<FolderLicense> nearest = license(slash < 0 ? "" : path.substring(0, slash));
    return new ListedFile(
        Identity.document(source, path, sha256),
        source,
        path,
        Files.size(file),
        sha256,
        revision,
        nearest.flatMap(FolderLicense::license).or(() -> declaredLicense),
        nearest
            .flatMap(FolderLicense::evidence)
            .or(() -> declaredLicense.map(declared -> "declared in the experiment")));
  }

  /**
   * Returns the licence of a folder: its own licence file's, or that of the nearest one above. A
   * licence file that is not recognised hides those above, which do not hold for its folder.
   */
  private Optional<FolderLicense> license(String path) {
    Optional<FolderLicense> known = licenses.get(path);
    if (known == null) {
      known = ownLicense(path);
      if (known.isEmpty() && !path.isEmpty()) {
        int slash = path.lastIndexOf('/');
        known = license(slash < 0 ? "" : path.substring(0, slash));
      }
      licenses.put(path, known);
    }
    return known;
  }

  private Optional<FolderLicense> ownLicense(String path) {
    boolean unrecognised = false;
    try (Stream<Path> files = Files.list(folder.resolve(path))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (LICENSE_FILE.matcher(name).matches()
            && Files.isRegularFile(file)
            && Files.size(file) <= LONGEST_LICENSE) {
          // A licence text is ASCII in all that matters; a stray byte must not hide it.
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          Optional<String> license = LicenseText.recognise(text);
          if (license.isPresent()) {
            String where = path.isEmpty() ? name : path + "/" + name;
            return Optional.of(new FolderLicense(license, Optional.of("licence file " + where)));
          }
          unrecognised |= TEXT_FILE.matcher(name).matches();
        }
      }
      return unrecognised
          ? Optional.of(new FolderLicense(Optional.empty(), Optional.empty()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
