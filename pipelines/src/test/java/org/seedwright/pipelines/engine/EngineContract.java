package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.ContentHash;
import org.seedwright.pipelines.table.PartSummary;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;

/** What every engine does alike; the reference bytes are written without any engine. */
abstract class EngineContract {
  private record Leaf(String id, List<String> veins, Optional<Integer> age, double length) {}

  private record Visit(String id, List<String> rows) {}

  private static final Table<Leaf> TABLE = Table.of(Leaf.class);
  private static final Shards SHARDS = new Shards(8);

  /**
   * Goes after the last test: when a job has failed, the runner's other threads may still write.
   */
  @TempDir static Path all;

  Path scratch;

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createTempDirectory(all, "test");
  }

  abstract Engine engine();

  @Test
  void aTableHasTheSameBytesInAnyOrderOfArrival() throws IOException {
    List<Leaf> leaves = leaves(300);
    writeWithoutEngine(leaves, folder("reference"));

    for (int shuffle = 0; shuffle < 3; shuffle++) {
      var shuffled = new ArrayList<>(leaves);
      Collections.shuffle(shuffled, new Random(shuffle));
      TableFolder folder = folder("shuffle-" + shuffle);
      write(shuffled, folder);

      assertThat(digests(folder)).isEqualTo(digests(folder("reference")));
      assertThat(folder.summaries()).isEqualTo(folder("reference").summaries());
    }
  }

  @Test
  void aTableIsReadBackWhole() throws IOException {
    List<Leaf> leaves = leaves(100);
    writeWithoutEngine(leaves, folder("in"));

    run(
        "copy",
        pipeline ->
            pipeline
                .apply("Read", ReadTable.from(TABLE, folder("in")))
                .apply("Write", WriteTable.to(TABLE, folder("out"))));

    assertThat(digests(folder("out"))).isEqualTo(digests(folder("in")));
  }

  @Test
  void everyShardHasAPartAlsoWithoutRows() throws IOException {
    Leaf only = leaves(1).get(0);
    write(List.of(only), folder("one"));
    write(List.of(), folder("none"));

    assertThat(digests(folder("one")).keySet())
        .containsExactlyElementsOf(SHARDS.numbers().stream().map(SHARDS::part).toList());
    assertThat(digests(folder("none")).keySet()).isEqualTo(digests(folder("one")).keySet());
    assertThat(hash(folder("one"))).isEqualTo(ContentHash.EMPTY.plus(only));
    assertThat(hash(folder("none"))).isEqualTo(ContentHash.EMPTY);
  }

  @Test
  void twoRowsOfOneIdFailTheJobByTheId() {
    List<Leaf> leaves = new ArrayList<>(leaves(20));
    leaves.add(new Leaf("leaf-7", List.of("another"), Optional.empty(), 0));

    assertThatThrownBy(() -> write(leaves, folder("twice")))
        .isInstanceOf(EngineException.class)
        .hasMessageEndingWith("%s: two rows have the id leaf-7".formatted(folder("twice").path()));
  }

  @Test
  void everyShardIsVisitedSortedAndEqualKeysHaveAFixedOrder() throws IOException {
    // One giant group, and three small ones; the sort key of many rows is the same.
    List<Leaf> leaves =
        IntStream.range(0, 2000)
            .mapToObj(
                n ->
                    new Leaf(
                        "leaf-" + n,
                        List.of(n % 500 == 0 ? "small-" + n : "giant"),
                        Optional.of(n % 3),
                        n))
            .toList();

    List<List<Visit>> visits = new ArrayList<>();
    for (int shuffle = 0; shuffle < 2; shuffle++) {
      var shuffled = new ArrayList<>(leaves);
      Collections.shuffle(shuffled, new Random(shuffle));
      visits.add(visit("visit-" + shuffle, shuffled));
    }

    List<Visit> first = visits.get(0);
    assertThat(visits.get(1)).isEqualTo(first);
    assertThat(first)
        .extracting(Visit::id)
        .containsExactlyInAnyOrderElementsOf(
            SHARDS.numbers().stream().map(shard -> "shard-" + shard).toList());
    assertThat(first.stream().flatMap(visit -> visit.rows().stream()))
        .containsExactlyInAnyOrderElementsOf(
            leaves.stream().map(leaf -> leaf.age().get() + " " + leaf.id()).toList());
    Visit giant = first.get(first.size() - 1);
    for (Visit visit : first) {
      assertThat(visit.rows())
          .isSortedAccordingTo((a, b) -> Character.compare(a.charAt(0), b.charAt(0)));
      giant = visit.rows().size() > giant.rows().size() ? visit : giant;
    }
    assertThat(giant.id()).isEqualTo("shard-" + SHARDS.of("giant"));
    assertThat(giant.rows().size()).isGreaterThanOrEqualTo(1996);
  }

  @Test
  void aFailureOfTheWorkIsTheCauseAndTheNextJobRuns() throws IOException {
    assertThatThrownBy(() -> run("breaks", EngineContract::breaking))
        .isInstanceOf(EngineException.class)
        .hasMessage("job breaks failed: java.io.IOException: leaf 7 is eaten")
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("leaf 7 is eaten")
        .hasRootCauseMessage("a caterpillar");

    write(leaves(3), folder("after"));
    assertThat(hash(folder("after")).rows()).isEqualTo(3);
  }

  @Test
  void aDamagedPartFailsTheJobByItsFile() throws IOException {
    writeWithoutEngine(leaves(100), folder("in"));
    Path part = Path.of(folder("in").part(3));
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(
            () ->
                run(
                    "copy",
                    pipeline ->
                        pipeline
                            .apply("Read", ReadTable.from(TABLE, folder("in")))
                            .apply("Write", WriteTable.to(TABLE, folder("out")))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("%s: not a readable Parquet file: ".formatted(part));
  }

  @Test
  void aMissingPartFailsTheJobByItsFile() throws IOException {
    writeWithoutEngine(leaves(100), folder("in"));
    Path part = Path.of(folder("in").part(3));
    // What an attempt that was not completed leaves is not read in its place.
    Files.move(part, part.resolveSibling("." + part.getFileName() + ".attempt"));

    assertThatThrownBy(
            () ->
                run(
                    "copy",
                    pipeline ->
                        pipeline
                            .apply("Read", ReadTable.from(TABLE, folder("in")))
                            .apply("Write", WriteTable.to(TABLE, folder("out")))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(part.toString());
  }

  private static void breaking(Pipeline pipeline) {
    pipeline
        .apply("Numbers", Create.of(IntStream.range(0, 10).boxed().toList()))
        .apply(
            "Break",
            ParDo.of(
                new DoFn<Integer, Integer>() {
                  @ProcessElement
                  public void eat(@Element Integer leaf) throws IOException {
                    if (leaf == 7) {
                      throw new IOException(
                          "leaf 7 is eaten", new IllegalStateException("a caterpillar"));
                    }
                  }
                }));
  }

  private List<Visit> visit(String name, List<Leaf> leaves) throws IOException {
    Table<Visit> visits = Table.of(Visit.class);
    run(
        name,
        pipeline ->
            pipeline
                .apply("Leaves", Create.of(leaves).withCoder(TABLE.coder()))
                .apply(
                    "Visit",
                    SortShards.<Leaf, Visit>of(
                        TABLE,
                        SHARDS,
                        leaf -> leaf.veins().get(0),
                        leaf -> Integer.toString(leaf.age().get()),
                        (shard, rows, out) -> {
                          var seen = new ArrayList<String>();
                          rows.forEachRemaining(
                              leaf -> seen.add(leaf.age().get() + " " + leaf.id()));
                          out.output(new Visit("shard-" + shard, seen));
                        }))
                .setCoder(visits.coder())
                .apply("Write", WriteTable.to(visits, folder(name))));
    var read = new ArrayList<Visit>();
    for (int shard : SHARDS.numbers()) {
      try (var rows = folder(name).open(visits, shard)) {
        rows.forEachRemaining(read::add);
      }
    }
    return read;
  }

  private void write(List<Leaf> leaves, TableFolder folder) {
    run(
        "write",
        pipeline ->
            pipeline
                .apply("Leaves", Create.of(leaves).withCoder(TABLE.coder()))
                .apply("Write", WriteTable.to(TABLE, folder)));
  }

  private void run(String job, Consumer<Pipeline> build) {
    Pipeline pipeline = Pipeline.create(engine().options(job));
    build.accept(pipeline);
    engine().run(pipeline);
  }

  private TableFolder folder(String name) {
    return new TableFolder(scratch.resolve(name).toString(), "", SHARDS);
  }

  private static List<Leaf> leaves(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                new Leaf(
                    "leaf-" + n,
                    List.of("vein " + n, "Äderchen"),
                    n % 2 == 0 ? Optional.of(n) : Optional.empty(),
                    n / 7.0))
        .toList();
  }

  private static void writeWithoutEngine(List<Leaf> leaves, TableFolder folder) throws IOException {
    for (int shard : SHARDS.numbers()) {
      try (var part = new PartWriter<>(TABLE, folder, shard, "reference")) {
        var sorted = new TreeMap<String, Leaf>();
        leaves.stream()
            .filter(leaf -> SHARDS.of(leaf.id()) == shard)
            .forEach(leaf -> sorted.put(leaf.id(), leaf));
        for (Leaf leaf : sorted.values()) {
          part.write(leaf);
        }
        part.complete();
      }
    }
  }

  private static ContentHash hash(TableFolder folder) throws IOException {
    return folder.summaries().stream()
        .map(PartSummary::hash)
        .reduce(ContentHash.EMPTY, ContentHash::plus);
  }

  /** Returns the parts that can be seen, by name, their bytes as hexadecimal text. */
  private static SortedMap<String, String> digests(TableFolder folder) throws IOException {
    var digests = new TreeMap<String, String>();
    try (var files = Files.list(Path.of(folder.path()))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".")) {
          digests.put(name, java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return digests;
  }
}
