package org.seedwright.pipelines.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.seedwright.evolve.seed.LicenseHeader;
import org.seedwright.evolve.seed.LicenseText;

/**
 * Licence files, package metadata and NOTICE files of a tree, and which of them hold for a file.
 *
 * <p>Of the folders above a file the nearest that says anything counts. In one folder, one licence
 * file that is recognised goes before the package's metadata; where several differ the metadata
 * decide, and without them one may be chosen if a licence file says so, else all hold at once. A
 * licence file that is not recognised hides those above, which do not hold for its folder. NOTICE
 * files of all folders above hold together.
 */
final class LicenseFiles {
  /** Longer texts are not licences; 1 MiB. */
  static final int LONGEST = 1 << 20;

  /** Characters of a NOTICE file that are kept. */
  static final int LONGEST_NOTICE = 20_000;

  /** Licence and metadata files of one archive, so that they fit into memory. */
  static final int MOST = 100_000;

  private static final Pattern LICENSE_FILE =
      Pattern.compile("(?i)(un)?licen[sc]e([-.].{1,40})?|copying([-.].{1,40})?");
  private static final Pattern NOTICE_FILE = Pattern.compile("(?i)notices?([.](txt|md|rst))?");

  /** A name that is not a program's: license.py is no licence. */
  private static final Pattern TEXT_FILE = Pattern.compile("(?i)[^.]+([.](txt|md|rst))?");

  /** Licence texts that are themselves somebody's: their copyright is not the project's. */
  private static final Pattern OWNED_TEXT =
      Pattern.compile("(A|L)?GPL-.*|GFDL-.*|MPL-.*|EPL-.*|CDDL-.*");

  private record Recognised(String path, String spdx, List<String> copyright) {}

  private record Declared(String path, PackageMetadata metadata) {}

  /** What one folder says itself, by paths, so that the order of reading does not matter. */
  private static final class Folder {
    private final Map<String, Recognised> licenses = new TreeMap<>();
    private final Map<String, Declared> metadata = new TreeMap<>();
    private final Map<String, String> notices = new TreeMap<>();
    private boolean unrecognised;
    private boolean choice;
  }

  private final Map<String, Folder> folders = new HashMap<>();
  private int count;

  /** Tells whether a file of this path says anything of licences. */
  static boolean wants(String path) {
    String name = Names.last(path);
    return isLicense(name)
        || NOTICE_FILE.matcher(name).matches()
        || PackageMetadata.folderOf(path).isPresent();
  }

  private static boolean isLicense(String name) {
    return LICENSE_FILE.matcher(name).matches();
  }

  /** Takes a file that {@link #wants} names. */
  void add(String path, byte[] bytes) {
    count++;
    if (count > MOST) {
      throw new CorpusException(
          "more than %d licence, notice and metadata files, the last being %s"
              .formatted(MOST, Names.shown(path)));
    }
    String name = Names.last(path);
    Optional<String> described = PackageMetadata.folderOf(path);
    if (described.isPresent()) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      folder(described.get())
          .metadata
          .put(path, new Declared(path, PackageMetadata.of(path, text)));
      return;
    }
    Folder folder = folder(holdsFor(Names.folder(path)));
    if (NOTICE_FILE.matcher(name).matches()) {
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (!text.isEmpty()) {
        folder.notices.put(path, text.substring(0, Math.min(text.length(), LONGEST_NOTICE)));
      }
      return;
    }
    // A licence text is ASCII in all that matters; a stray byte must not hide it.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<String> spdx = LicenseText.recognise(text);
    if (spdx.isPresent()) {
      List<String> copyright =
          OWNED_TEXT.matcher(spdx.get()).matches()
              ? List.of()
              : LicenseHeader.copyrightLines(new String(bytes, StandardCharsets.UTF_8));
      folder.licenses.put(path, new Recognised(path, spdx.get(), copyright));
    } else if (TEXT_FILE.matcher(name).matches()) {
      folder.unrecognised = true;
      folder.choice |= LicenseText.givesChoice(text);
    }
  }

  /** A jar's META-INF and a wheel's dist-info speak for what they lie in. */
  private static String holdsFor(String folder) {
    String last = Names.last(folder);
    if (last.equals("META-INF") || last.endsWith(".dist-info") || last.endsWith(".egg-info")) {
      return Names.folder(folder);
    }
    String above = Names.folder(folder);
    return last.equals("licenses") && above.endsWith(".dist-info") ? Names.folder(above) : folder;
  }

  private Folder folder(String path) {
    return folders.computeIfAbsent(path, key -> new Folder());
  }

  /** Returns what holds for a file. */
  Provenance of(String path) {
    Optional<Recognised> license = Optional.empty();
    Optional<String> evidence = Optional.empty();
    Optional<String> repository = Optional.empty();
    var notices = new ArrayList<String>();
    boolean decided = false;
    String at = Names.folder(path);
    while (true) {
      Folder folder = folders.get(at);
      if (folder != null) {
        notices.addAll(0, folder.notices.values());
        repository = repository.or(() -> repositoryOf(folder));
        if (!decided) {
          Optional<Told> told = told(folder);
          license = told.map(Told::license);
          evidence = told.map(Told::evidence);
          decided = told.isPresent() || folder.unrecognised;
        }
      }
      if (at.isEmpty()) {
        break;
      }
      at = Names.folder(at);
    }
    return new Provenance(
        repository,
        Optional.empty(),
        license.map(Recognised::spdx),
        evidence,
        license.map(Recognised::copyright).orElse(List.of()),
        notices);
  }

  private record Told(Recognised license, String evidence) {}

  private static Optional<Told> told(Folder folder) {
    List<Recognised> licenses = List.copyOf(folder.licenses.values());
    List<String> distinct = licenses.stream().map(Recognised::spdx).distinct().toList();
    List<String> copyright =
        licenses.stream().flatMap(one -> one.copyright().stream()).distinct().toList();
    if (distinct.size() == 1) {
      Recognised first = licenses.get(0);
      return Optional.of(
          new Told(
              new Recognised(first.path(), first.spdx(), copyright),
              "licence file " + first.path()));
    }
    List<Declared> declared =
        folder.metadata.values().stream()
            .filter(one -> one.metadata().license().isPresent())
            .toList();
    List<String> declaredIds =
        declared.stream().map(one -> one.metadata().license().orElseThrow()).distinct().toList();
    if (!declaredIds.isEmpty()) {
      Declared first = declared.get(0);
      return Optional.of(
          new Told(
              new Recognised(first.path(), both(declaredIds), copyright),
              "%s in %s".formatted(first.metadata().field().orElseThrow(), first.path())));
    }
    if (distinct.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Told(
            new Recognised(licenses.get(0).path(), several(distinct, folder.choice), copyright),
            "licence files " + String.join(", ", folder.licenses.keySet())));
  }

  /** A text that names the choice and those of its parts say the same. */
  private static String several(List<String> distinct, boolean choice) {
    for (String one : distinct) {
      List<String> parts = List.of(one.split(" OR "));
      if (parts.size() > 1
          && distinct.stream().allMatch(other -> other.equals(one) || parts.contains(other))) {
        return one;
      }
    }
    return choice ? String.join(" OR ", distinct) : both(distinct);
  }

  private static String both(List<String> expressions) {
    return expressions.size() == 1
        ? expressions.get(0)
        : String.join(
            " AND ",
            expressions.stream().map(one -> one.contains(" OR ") ? "(" + one + ")" : one).toList());
  }

  private static Optional<String> repositoryOf(Folder folder) {
    return folder.metadata.values().stream()
        .flatMap(declared -> declared.metadata().repository().stream())
        .findFirst();
  }
}
