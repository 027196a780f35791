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
  private static final long LONGEST_LICENSE = 1L << 20;

  private final Path folder;
  private final String source;
  private final Optional<String> declaredLicense;
  private final DigestCache digests;
  private final Map<String, Optional<FolderLicense>> licenses = new HashMap<>();

  private record FolderLicense(String license, String evidence) {}

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
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.endsWith(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              paths.add(folder.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
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
        nearest.map(FolderLicense::license).or(() -> declaredLicense),
        nearest
            .map(FolderLicense::evidence)
            .or(() -> declaredLicense.map(declared -> "declared in the experiment")));
  }

  /** Returns the licence of a folder: its own licence file's, or that of the nearest one above. */
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
            return Optional.of(new FolderLicense(license.get(), "licence file " + where));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
