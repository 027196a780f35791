package org.seedwright.pipelines.stage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.NewFile;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;
import org.seedwright.pipelines.workspace.StageManifest;

/**
 * The data set: every column as Parquet, and what trainers read as JSON lines, in two layouts.
 * {@code alpaca.jsonl} has the fields of Code Alpaca; {@code messages.jsonl} has chat messages.
 * Lines are in the order of phases, shards and ids.
 *
 * @param from name of the stage whose rows these are
 * @param phases of training, 0 where there are none
 */
public record WriteDataset(String from, int phases) implements Stage {
  private static final JsonMapper JSON = new JsonMapper();

  private record Configuration(List<String> exports, Optional<Integer> phases) {}

  /** Writes one line of an export. */
  @FunctionalInterface
  private interface Layout {
    void write(Sample sample, JsonGenerator json) throws IOException;
  }

  @Override
  public String name() {
    return "dataset";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        List.of("alpaca.jsonl", "messages.jsonl"), Optional.of(phases).filter(some -> some > 0));
  }

  @Override
  public List<String> inputs() {
    return List.of(from);
  }

  @Override
  public long compute(StageWork work) throws IOException {
    Table<Sample> table = Table.of(Sample.class);
    TableFolder dataset = work.output("");
    work.job(
        name(),
        pipeline ->
            pipeline
                .apply("Read", ReadTable.from(table, work.input(from, "")))
                .apply("Write", WriteTable.to(table, dataset)));
    export(work, "alpaca.jsonl", WriteDataset::alpaca);
    export(work, "messages.jsonl", WriteDataset::messages);
    return work.rows(from, "");
  }

  private static void alpaca(Sample sample, JsonGenerator json) throws IOException {
    json.writeStringField("instruction", sample.instruction());
    json.writeStringField("input", "");
    json.writeStringField("output", sample.response().orElseThrow());
  }

  private static void messages(Sample sample, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("messages");
    message("user", sample.instruction(), json);
    message("assistant", sample.response().orElseThrow(), json);
    json.writeEndArray();
  }

  private static void message(String role, String content, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", content);
    json.writeEndObject();
  }

  private void export(StageWork work, String file, Layout layout) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    long bytes = 0;
    long rows = 0;
    String path = work.attempt().exportPath(file);
    try (OutputStream out =
        new DigestOutputStream(NewFile.create(path, "application/jsonl"), digest)) {
      for (int phase = 1; phase <= Math.max(1, phases); phase++) {
        TableFolder dataset = work.output("");
        for (int shard : dataset.shards().numbers()) {
          try (var samples = dataset.open(Table.of(Sample.class), shard)) {
            while (samples.hasNext()) {
              Sample sample = samples.next();
              if (sample.phase().orElse(1) != phase) {
                continue;
              }
              byte[] line = line(sample, layout);
              out.write(line);
              bytes += line.length;
              rows++;
            }
          }
        }
      }
    }
    work.attempt()
        .exported(
            new StageManifest.FileEntry(
                file, HexFormat.of().formatHex(digest.digest()), bytes, rows));
  }

  private static byte[] line(Sample sample, Layout layout) throws IOException {
    var text = new java.io.StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", sample.id());
      layout.write(sample, json);
      json.writeStringField("language", sample.language());
      if (sample.origin().license().isPresent()) {
        json.writeStringField("license", sample.origin().license().get());
      }
      if (sample.phase().isPresent()) {
        json.writeNumberField("phase", sample.phase().get());
      }
      if (sample.mark() != Mark.TEACHER) {
        // Whoever trains on this file alone must see that no model wrote the row.
        json.writeStringField("mark", CanonicalJson.kebabCase(sample.mark()));
      }
      json.writeEndObject();
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
