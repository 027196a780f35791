package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;

class EngineTest {
  record Leaf(String id, List<String> veins, Optional<Integer> age) {}

  @TempDir Path scratch;

  @Test
  void direct() throws Exception {
    try (var engine = new DirectEngine()) {
      write(engine, "direct");
    }
    try (var engine = new LocalEngine(2)) {
      for (int i = 0; i < 10; i++) {
        long start = System.nanoTime();
        write(engine, "local" + i);
        System.out.println((System.nanoTime() - start) / 1_000_000);
      }
    }
    assertThat(bytes("direct")).isEqualTo(bytes("local1"));
  }

  private List<String> bytes(String name) throws Exception {
    var all = new ArrayList<String>();
    try (var files = Files.list(scratch.resolve(name))) {
      for (Path file : files.sorted().toList()) {
        all.add(
            file.getFileName()
                + " "
                + new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .hashCode());
      }
    }
    return all;
  }

  private void write(Engine engine, String name) throws Exception {
    Table<Leaf> table = Table.of(Leaf.class);
    Pipeline pipeline = Pipeline.create(engine.options(name));
    var rows =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    new Leaf(
                        "id" + i, List.of("a" + i), i % 2 == 0 ? Optional.of(i) : Optional.empty()))
            .toList();
    pipeline
        .apply("Rows", Create.of(rows).withCoder(table.coder()))
        .apply(
            "Write",
            WriteTable.to(
                table, new TableFolder(scratch.resolve(name).toString(), "", new Shards(16))));
    engine.run(pipeline);
  }
}
