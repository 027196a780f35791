package org.seedwright.pipelines.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seedwright.evolve.Identity;
import org.seedwright.pipelines.experiment.SourceConfig;

/**
 * Lists the files on disk that a source is read from, in the order of their paths: every regular
 * file of a folder, every tracked one of a checkout, every archive or corpus file of a folder, or
 * the one file that is named. Links are not followed, so that a listing ends and stays inside its
 * folder; {@code .git} is never part of one.
 *
 * <p>A listing is held in memory, some 500 bytes a file on disk. What is inside an archive or a
 * corpus is not part of it.
 */
public final class Listing {
  private final Path folder;
  private final String source;
  private final SourceConfig config;
  private final DigestCache digests;
  private final LicenseFiles licenses = new LicenseFiles();
  private final Set<String> known = new HashSet<>();

  private Listing(Path folder, String source, SourceConfig config, DigestCache digests) {
    this.folder = folder;
    this.source = source;
    this.config = config;
    this.digests = digests;
  }

  /** Returns the folder that the paths of a source are relative to. */
  public static Path folder(SourceConfig config) {
    Path parent = config.path().getParent();
    return Files.isDirectory(config.path()) || parent == null ? config.path() : parent;
  }

  /**
   * Lists a source.
   *
   * @param source its name
   * @throws CorpusException if the source is not as declared
   */
  public static List<Container> of(String source, SourceConfig config, DigestCache digests)
      throws IOException {
    return new Listing(folder(config), source, config, digests).list();
  }

  private List<Container> list() throws IOException {
    Optional<String> revision = Optional.empty();
    Stream<String> paths;
    if (config.kind() == SourceConfig.SourceKind.GIT) {
      var checkout = new GitCheckout(folder);
      revision = Optional.of(checkout.revision());
      paths =
          checkout.files().stream()
              .filter(
                  path ->
                      Files.isRegularFile(
                          folder.resolve(path), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    } else if (folder.equals(config.path())) {
      paths = regularFiles().stream();
    } else {
      paths = Stream.of(Names.last(config.path().toString().replace('\\', '/')));
    }
    boolean members = config.holdsMembers();
    List<PathMatcher> include = members ? List.of() : matchers(config.include());
    List<PathMatcher> exclude = members ? matchers(config.exclude().paths()) : List.of();
    // A file of members that is left out is not opened; any other is a unit, and counted.
    List<String> taken =
        paths
            .filter(path -> form(path).isPresent())
            .filter(path -> include.isEmpty() || matches(include, path))
            .filter(path -> !matches(exclude, path))
            .sorted()
            .toList();
    if (!members) {
      taken.forEach(this::lookAbove);
    }
    var files = new ArrayList<Container>();
    for (String path : taken) {
      files.add(list(path, form(path).orElseThrow(), revision));
    }
    return List.copyOf(files);
  }

  private Optional<ContainerForm> form(String path) {
    return switch (config.kind()) {
      case FOLDER, GIT -> Optional.of(ContainerForm.FILE);
      case ARCHIVE -> ContainerForm.ofArchive(path);
      case ROWS -> ContainerForm.ofRows(path);
    };
  }

  /** Returns matchers of globs over relative paths. */
  public static List<PathMatcher> matchers(List<String> globs) {
    return globs.stream()
        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
        .toList();
  }

  private static boolean matches(List<PathMatcher> matchers, String path) {
    return matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
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

  private Container list(String path, ContainerForm form, Optional<String> revision)
      throws IOException {
    Path file = folder.resolve(path);
    String sha256 = digests.sha256(file);
    Provenance declared = Provenance.declared(config.license(), revision);
    return new Container(
        Identity.document(source, path, sha256),
        source,
        path,
        form,
        Files.size(file),
        sha256,
        form == ContainerForm.FILE ? licenses.of(path).or(declared) : declared);
  }

  /** Looks into the folders above a file, into each once. */
  private void lookAbove(String path) {
    String at = Names.folder(path);
    while (known.add(at)) {
      look(at);
      at = Names.folder(at);
    }
  }

  private void look(String path) {
    try (Stream<Path> files = Files.list(folder.resolve(path))) {
      for (Path file : files.toList()) {
        String name = (path.isEmpty() ? "" : path + "/") + file.getFileName();
        if (LicenseFiles.wants(name)
            && Files.isRegularFile(file)
            && Files.size(file) <= LicenseFiles.LONGEST) {
          licenses.add(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
