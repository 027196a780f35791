package org.seedwright.pipelines.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * What the simulated teacher received and answered, a JSON object a line, each written before the
 * exchange goes on. Holds keys, kinds and outcomes; no header and no text.
 */
final class ExchangeLog implements AutoCloseable {
  private final Optional<Writer> out;

  private ExchangeLog(Optional<Writer> out) {
    this.out = out;
  }

  static ExchangeLog to(Optional<Path> file) throws IOException {
    return new ExchangeLog(
        file.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Files.newBufferedWriter(
                    file.get(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)));
  }

  void received(long sequence, String key, Plan plan) {
    write(fields("received", sequence, key, plan));
  }

  void answered(long sequence, String key, Plan plan, int status) {
    Map<String, Object> fields = fields("answered", sequence, key, plan);
    fields.put("status", status);
    write(fields);
  }

  /** A request that is none: no key, no plan. */
  void refused(long sequence, int status) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("event", "refused");
    fields.put("sequence", (int) sequence);
    fields.put("status", status);
    write(fields);
  }

  private static Map<String, Object> fields(String event, long sequence, String key, Plan plan) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("event", event);
    fields.put("sequence", (int) sequence);
    fields.put("key", key);
    fields.put("kind", plan.prompt().kind().id());
    fields.put("outcome", plan.fault().map(Fault::id).orElse("good"));
    return fields;
  }

  private synchronized void write(Map<String, Object> fields) {
    if (out.isPresent()) {
      try {
        out.get().write(CanonicalJson.text(fields) + "\n");
        out.get().flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the log of the simulated teacher cannot be written", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (out.isPresent()) {
      try {
        out.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException("the log of the simulated teacher cannot be closed", e);
      }
    }
  }
}
