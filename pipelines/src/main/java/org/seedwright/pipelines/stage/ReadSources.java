package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.seed.License;
import org.seedwright.evolve.seed.LicenseHeader;
import org.seedwright.evolve.seed.Secrets;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.evolve.seed.SourceFilters;
import org.seedwright.evolve.seed.SourceGate;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.ContainerForm;
import org.seedwright.pipelines.corpus.ContainerReader;
import org.seedwright.pipelines.corpus.CorpusColumns;
import org.seedwright.pipelines.corpus.FoundFile;
import org.seedwright.pipelines.corpus.ListedFile;
import org.seedwright.pipelines.corpus.Listing;
import org.seedwright.pipelines.corpus.Provenance;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * Reads source files, those inside archives and corpora too: what is text in UTF-8, in a known
 * language, not too long, without a secret and passes the filters becomes a row; every other file
 * is rejected with its reason, or left aside.
 *
 * <p>A file on disk is read by one worker from its beginning to its end; a worker holds one unit at
 * a time. The units are counted where they are found, before anything is decided about them.
 *
 * @param sources the sources, by name
 */
public record ReadSources(Map<String, Source> sources) implements Stage {
  /**
   * A source and what it holds.
   *
   * @param folder where its files are; enters no row and no fingerprint
   * @param maxFileBytes longest file that is taken
   * @param include globs over paths; every unit if empty
   * @param exclude what is left aside
   * @param languages taken; all if empty
   * @param filtered whether the filters for minified, generated and data-like files are on
   * @param columns how the rows of a corpus are read
   * @param files the files on disk
   */
  public record Source(
      Path folder,
      long maxFileBytes,
      List<String> include,
      Exclude exclude,
      List<String> languages,
      boolean filtered,
      CorpusColumns columns,
      List<Container> files) {
    public Source {
      include = include.stream().sorted().toList();
      languages = languages.stream().sorted().toList();
      files = List.copyOf(files);
    }
  }

  /**
   * Units that are left aside.
   *
   * @param repositories {@code owner/name}
   * @param owners of repositories
   * @param paths globs
   */
  public record Exclude(List<String> repositories, List<String> owners, List<String> paths)
      implements Serializable {
    public Exclude {
      repositories = repositories.stream().sorted().toList();
      owners = owners.stream().sorted().toList();
      paths = paths.stream().sorted().toList();
    }
  }

  /** The table of the files on disk. */
  static final String CONTAINERS = "containers";

  /** The table of the units. */
  static final String LISTING = "listing";

  private record Column(String role, String name) {}

  private record SourceConfiguration(
      String name,
      long maxFileBytes,
      List<String> include,
      Exclude exclude,
      List<String> languages,
      boolean filtered,
      List<Column> columns,
      String listingDigest) {}

  private record Configuration(List<SourceConfiguration> sources) {}

  private static final TupleTag<SourceFile> FILES = new TupleTag<>() {};
  private static final TupleTag<ListedFile> LISTED = new TupleTag<>() {};
  private static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};
  private static final TupleTag<NotSelected> NOT_SELECTED = new TupleTag<>() {};

  public ReadSources {
    sources = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** Returns how many units there are, where that is known without opening a file. */
  public Optional<Long> units() {
    List<Container> files =
        sources.values().stream().flatMap(source -> source.files().stream()).toList();
    return files.stream().allMatch(file -> file.form() == ContainerForm.FILE)
        ? Optional.of((long) files.size())
        : Optional.empty();
  }

  @Override
  public String name() {
    return "sources";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        sources.entrySet().stream()
            .map(
                entry ->
                    new SourceConfiguration(
                        entry.getKey(),
                        entry.getValue().maxFileBytes(),
                        entry.getValue().include(),
                        entry.getValue().exclude(),
                        entry.getValue().languages(),
                        entry.getValue().filtered(),
                        entry.getValue().columns().named().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(column -> new Column(column.getKey(), column.getValue()))
                            .toList(),
                        CanonicalJson.digest(entry.getValue().files())))
            .toList());
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) throws IOException {
    TableFolder containers = work.output(CONTAINERS);
    writeContainers(containers);
    var reads = new TreeMap<String, Reading>();
    sources.forEach(
        (name, source) ->
            reads.put(
                name,
                new Reading(
                    source.folder().toString(),
                    new SourceGate(source.maxFileBytes()),
                    source.include(),
                    source.exclude(),
                    source.languages(),
                    source.filtered(),
                    source.columns())));
    work.jobHere(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("Containers", ReadTable.from(Table.of(Container.class), containers))
                  .apply(
                      "Read",
                      ParDo.of(new Read(reads))
                          .withOutputTags(
                              FILES, TupleTagList.of(LISTED).and(REJECTED).and(NOT_SELECTED)));
          work.write("", Table.of(SourceFile.class), split.get(FILES));
          work.write(LISTING, Table.of(ListedFile.class), split.get(LISTED));
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.get(REJECTED));
          work.write(NotSelected.TABLE, Table.of(NotSelected.class), split.get(NOT_SELECTED));
        });
    return work.written(LISTING);
  }

  private void writeContainers(TableFolder folder) throws IOException {
    Table<Container> table = Table.of(Container.class);
    Map<Integer, List<Container>> byShard =
        sources.values().stream()
            .flatMap(source -> source.files().stream())
            .sorted(Comparator.comparing(Container::id))
            .collect(Collectors.groupingBy(file -> folder.shards().of(file.id())));
    for (int shard : folder.shards().numbers()) {
      try (var part = new PartWriter<>(table, folder, shard, "containers")) {
        for (Container file : byShard.getOrDefault(shard, List.of())) {
          part.write(file);
        }
        part.complete();
      }
    }
  }

  /** How the files of one source are read. */
  private record Reading(
      String folder,
      SourceGate gate,
      List<String> include,
      Exclude exclude,
      List<String> languages,
      boolean filtered,
      CorpusColumns columns)
      implements Serializable {}

  /** What a rejected file leaves behind; the head is absent where it may hold a secret. */
  private record FileTrace(
      String id, String source, String path, long bytes, String sha256, Optional<String> head) {}

  /** Decides about the units of one file on disk. */
  private static final class Sorting {
    private static final int HEAD_CHARACTERS = 200;

    private final Container container;
    private final Reading reading;
    private final List<PathMatcher> include;
    private final List<PathMatcher> exclude;
    private final DoFn.MultiOutputReceiver out;

    Sorting(Container container, Reading reading, DoFn.MultiOutputReceiver out) {
      this.container = container;
      this.reading = reading;
      this.include = Listing.matchers(reading.include);
      this.exclude = Listing.matchers(reading.exclude.paths());
      this.out = out;
    }

    void sort(FoundFile found) {
      if (!include.isEmpty() && !matches(include, found.path())) {
        return;
      }
      ListedFile listed = listed(found);
      out.get(LISTED).output(listed);
      Optional<String> excluded = excluded(found);
      if (excluded.isPresent()) {
        leaveAside(listed, excluded.get());
        return;
      }
      if (found.refusal().isPresent()) {
        FoundFile.Refusal refusal = found.refusal().get();
        reject(listed, refusal.reason(), refusal.evidence(), text(found));
        return;
      }
      if (reading.gate.isOversized(found.bytes())) {
        reject(listed, reading.gate.oversized(found.bytes()), text(found));
        return;
      }
      Parsed<SourceGate.Admitted> gated =
          reading.gate.admit(found.path(), found.language(), found.content());
      if (gated instanceof Parsed.Rejected<SourceGate.Admitted> rejection) {
        reject(listed, rejection, text(found));
        return;
      }
      var admitted = ((Parsed.Accepted<SourceGate.Admitted>) gated).value();
      if (!reading.languages.isEmpty() && !reading.languages.contains(admitted.language())) {
        leaveAside(listed, "language " + admitted.language());
        return;
      }
      Optional<Parsed.Rejected<SourceGate.Admitted>> filtered =
          reading.filtered
              ? SourceFilters.check(admitted.content(), admitted.language())
              : Optional.empty();
      if (filtered.isPresent()) {
        reject(listed, filtered.get(), text(found));
        return;
      }
      out.get(FILES).output(row(listed, found.provenance(), admitted));
    }

    private ListedFile listed(FoundFile found) {
      Provenance provenance = found.provenance();
      return new ListedFile(
          Identity.document(container.source(), found.path(), found.sha256()),
          container.source(),
          found.path(),
          provenance.repository(),
          found.bytes(),
          found.sha256(),
          provenance.revision(),
          provenance.license(),
          provenance.licenseEvidence());
    }

    private static boolean matches(List<PathMatcher> matchers, String path) {
      return matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(path)));
    }

    private Optional<String> excluded(FoundFile found) {
      if (matches(exclude, found.path())) {
        return Optional.of("exclude.paths matches it");
      }
      if (found.provenance().repository().isEmpty()) {
        return Optional.empty();
      }
      String repository = found.provenance().repository().get().toLowerCase(Locale.ROOT);
      String owner = repository.substring(0, Math.max(0, repository.indexOf('/')));
      if (has(reading.exclude.repositories(), repository)) {
        return Optional.of("exclude.repositories names " + repository);
      }
      return has(reading.exclude.owners(), owner)
          ? Optional.of("exclude.owners names " + owner)
          : Optional.empty();
    }

    private static boolean has(List<String> names, String lower) {
      return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(lower));
    }

    private static SourceFile row(
        ListedFile listed, Provenance provenance, SourceGate.Admitted admitted) {
      LicenseHeader header = LicenseHeader.of(admitted.content(), admitted.language());
      return new SourceFile(
          listed.id(),
          listed.source(),
          listed.path(),
          listed.repository(),
          admitted.language(),
          listed.revision(),
          header.license().map(License::spdx).or(listed::license),
          header.license().map(License::evidence).or(listed::licenseEvidence),
          header.copyright().isEmpty() ? provenance.copyright() : header.copyright(),
          provenance.notices(),
          listed.bytes(),
          listed.sha256(),
          admitted.content());
    }

    private static String text(FoundFile found) {
      return new String(found.content(), StandardCharsets.UTF_8);
    }

    private void leaveAside(ListedFile listed, String evidence) {
      out.get(NOT_SELECTED).output(new NotSelected(listed.id(), listed.path(), evidence));
    }

    private void reject(
        ListedFile listed, Parsed.Rejected<SourceGate.Admitted> rejection, String text) {
      reject(listed, rejection.reason(), rejection.evidence(), text);
    }

    private void reject(ListedFile listed, Reason reason, String evidence, String text) {
      // A file may be rejected for another reason and hold a secret all the same.
      Optional<String> head =
          reason == Reason.SECRET || Secrets.find(text).isPresent()
              ? Optional.empty()
              : Optional.of(text.substring(0, Math.min(HEAD_CHARACTERS, text.length())));
      var trace =
          new FileTrace(
              listed.id(), listed.source(), listed.path(), listed.bytes(), listed.sha256(), head);
      out.get(REJECTED)
          .output(
              new Rejection(
                  listed.id(),
                  "file",
                  Optional.empty(),
                  Optional.empty(),
                  0,
                  Optional.empty(),
                  reason.id(),
                  evidence,
                  Optional.empty(),
                  List.of(),
                  Optional.of(CanonicalJson.text(trace))));
    }
  }

  private static final class Read extends DoFn<Container, SourceFile> {
    private final Map<String, Reading> reads;

    Read(Map<String, Reading> reads) {
      this.reads = reads;
    }

    @ProcessElement
    public void read(@Element Container container, MultiOutputReceiver out) throws IOException {
      Reading reading = reads.get(container.source());
      Path folder = Path.of(reading.folder);
      var sorting = new Sorting(container, reading, out);
      ContainerReader.read(
          container,
          folder.resolve(container.path()),
          reading.gate.maxBytes(),
          reading.columns,
          sorting::sort);
    }
  }
}
