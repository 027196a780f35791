package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.seed.License;
import org.seedwright.evolve.seed.LicenseHeader;
import org.seedwright.evolve.seed.Secrets;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.evolve.seed.SourceGate;
import org.seedwright.pipelines.corpus.ListedFile;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/**
 * Reads source files: what is text in UTF-8, in a known language, not too long and without a secret
 * becomes a row; every other file is rejected with its reason.
 *
 * @param sources the sources, by name
 */
public record ReadSources(Map<String, Source> sources) implements Stage {
  /**
   * A source and what it holds.
   *
   * @param folder where its files are; enters no row and no fingerprint
   * @param maxFileBytes longest file that is taken
   * @param languages taken; all if empty
   * @param files the listing
   */
  public record Source(
      Path folder, long maxFileBytes, List<String> languages, List<ListedFile> files) {
    public Source {
      languages = languages.stream().sorted().toList();
      files = List.copyOf(files);
    }
  }

  /** The table of what was listed. */
  static final String LISTING = "listing";

  private record SourceConfiguration(
      String name, long maxFileBytes, List<String> languages, String listingDigest) {}

  private record Configuration(List<SourceConfiguration> sources) {}

  private static final TupleTag<SourceFile> FILES = new TupleTag<>() {};
  private static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};
  private static final TupleTag<NotSelected> NOT_SELECTED = new TupleTag<>() {};

  public ReadSources {
    sources = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  @Override
  public String name() {
    return "sources";
  }

  @Override
  public int version() {
    return 1;
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
                        entry.getValue().languages(),
                        CanonicalJson.digest(entry.getValue().files())))
            .toList());
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) throws IOException {
    TableFolder listing = work.output(LISTING);
    writeListing(listing);
    var reads = new TreeMap<String, Reading>();
    sources.forEach(
        (name, source) ->
            reads.put(
                name,
                new Reading(
                    source.folder().toString(),
                    new SourceGate(source.maxFileBytes()),
                    source.languages())));
    work.jobHere(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("Listing", ReadTable.from(Table.of(ListedFile.class), listing))
                  .apply(
                      "Read",
                      ParDo.of(new Read(reads))
                          .withOutputTags(FILES, TupleTagList.of(REJECTED).and(NOT_SELECTED)));
          work.write("", Table.of(SourceFile.class), split.get(FILES));
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.get(REJECTED));
          work.write(NotSelected.TABLE, Table.of(NotSelected.class), split.get(NOT_SELECTED));
        });
    return sources.values().stream().mapToLong(source -> source.files().size()).sum();
  }

  private void writeListing(TableFolder folder) throws IOException {
    Table<ListedFile> table = Table.of(ListedFile.class);
    Map<Integer, List<ListedFile>> byShard =
        sources.values().stream()
            .flatMap(source -> source.files().stream())
            .sorted(Comparator.comparing(ListedFile::id))
            .collect(Collectors.groupingBy(file -> folder.shards().of(file.id())));
    for (int shard : folder.shards().numbers()) {
      try (var part = new PartWriter<>(table, folder, shard, "listing")) {
        for (ListedFile file : byShard.getOrDefault(shard, List.of())) {
          part.write(file);
        }
        part.complete();
      }
    }
  }

  /** How the files of one source are read. */
  private record Reading(String folder, SourceGate gate, List<String> languages)
      implements java.io.Serializable {}

  /** What a rejected file leaves behind; the head is absent where it may hold a secret. */
  private record FileTrace(
      String id, String source, String path, long bytes, String sha256, Optional<String> head) {}

  private static final class Read extends DoFn<ListedFile, SourceFile> {
    private static final int HEAD_CHARACTERS = 200;

    private final Map<String, Reading> reads;

    Read(Map<String, Reading> reads) {
      this.reads = reads;
    }

    @ProcessElement
    public void read(@Element ListedFile listed, MultiOutputReceiver out) throws IOException {
      Reading reading = reads.get(listed.source());
      Path path = Path.of(reading.folder).resolve(listed.path());
      if (reading.gate.isOversized(listed.bytes())) {
        reject(listed, reading.gate.oversized(listed.bytes()), head(path), out);
        return;
      }
      byte[] bytes = Files.readAllBytes(path);
      if (!CanonicalJson.sha256Hex(bytes).equals(listed.sha256())) {
        throw new IOException("%s changed while it was read; run again".formatted(path));
      }
      Parsed<SourceGate.Admitted> gated = reading.gate.admit(listed.path(), bytes);
      if (gated instanceof Parsed.Rejected<SourceGate.Admitted> rejection) {
        reject(listed, rejection, new String(bytes, StandardCharsets.UTF_8), out);
        return;
      }
      var admitted = ((Parsed.Accepted<SourceGate.Admitted>) gated).value();
      if (!reading.languages.isEmpty() && !reading.languages.contains(admitted.language())) {
        out.get(NOT_SELECTED)
            .output(new NotSelected(listed.id(), listed.path(), "language " + admitted.language()));
        return;
      }
      out.get(FILES).output(row(listed, admitted));
    }

    private static SourceFile row(ListedFile listed, SourceGate.Admitted admitted) {
      LicenseHeader header = LicenseHeader.of(admitted.content(), admitted.language());
      return new SourceFile(
          listed.id(),
          listed.source(),
          listed.path(),
          admitted.language(),
          listed.revision(),
          header.license().map(License::spdx).or(listed::license),
          header.license().map(License::evidence).or(listed::licenseEvidence),
          header.copyright(),
          listed.bytes(),
          listed.sha256(),
          admitted.content());
    }

    private static String head(Path path) throws IOException {
      try (var in = Files.newInputStream(path)) {
        return new String(in.readNBytes(4 * HEAD_CHARACTERS), StandardCharsets.UTF_8);
      }
    }

    private static void reject(
        ListedFile listed,
        Parsed.Rejected<SourceGate.Admitted> rejection,
        String text,
        MultiOutputReceiver out) {
      // A file may be rejected for another reason and hold a secret all the same.
      Optional<String> head =
          rejection.reason() == Reason.SECRET || Secrets.find(text).isPresent()
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
                  rejection.reason().id(),
                  rejection.evidence(),
                  Optional.empty(),
                  List.of(),
                  Optional.of(CanonicalJson.text(trace))));
    }
  }
}
