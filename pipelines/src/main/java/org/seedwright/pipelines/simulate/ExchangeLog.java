package org.seedwright.pipelines.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the simulated teacher received, answered and failed to answer: a JSON object a line, each
 * written whole and before the exchange goes on. Its token counts are what a provider would bill:
 * those of every 200 that was begun, and 0 for all else. Holds no header and no text.
 */
final class ExchangeLog implements AutoCloseable {
  private final Optional<OutputStream> out;
  private final long start = System.nanoTime();

  private ExchangeLog(Optional<OutputStream> out) {
    this.out = out;
  }

  static ExchangeLog to(Optional<Path> file) throws IOException {
    return new ExchangeLog(
        file.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Files.newOutputStream(
                    file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
  }

  /** A chat request is here whole; what is none has nothing to say. */
  void received(long number, Optional<Said> said) {
    write(number, "received", said, "");
  }

  /** The whole reply is about to leave. */
  void answered(long number, Said said) {
    write(number, "answered", Optional.of(said), ",\"status\":200" + billed(said));
  }

  /**
   * Something else than the whole reply is about to happen.
   *
   * @param status that is sent, if one is
   * @param fault its name
   * @param billed whether a 200 is begun
   */
  void failed(
      long number, Optional<Said> said, Optional<Integer> status, String fault, boolean billed) {
    write(
        number,
        "failed",
        said,
        status.map(code -> ",\"status\":" + code).orElse("")
            + ",\"fault\":\"%s\"".formatted(fault)
            + (billed ? said.map(ExchangeLog::billed).orElseThrow() : tokens(0, 0)));
  }

  /** The client went before anything was sent. */
  void aborted(long number, Said said) {
    write(number, "aborted", Optional.of(said), tokens(0, 0));
  }

  private static String billed(Said said) {
    return tokens(said.inputTokens(), said.outputTokens());
  }

  private static String tokens(long input, long output) {
    return ",\"inputTokens\":" + input + ",\"outputTokens\":" + output;
  }

  private void write(long number, String event, Optional<Said> said, String rest) {
    if (out.isEmpty()) {
      return;
    }
    // Every value is a number or a word of ours: nothing needs an escape.
    var line = new StringBuilder(240);
    line.append("{\"n\":").append(number).append(",\"event\":\"").append(event).append('"');
    said.ifPresent(known -> line.append(known.logged()));
    line.append(rest).append(",\"millis\":");
    line.append((System.nanoTime() - start) / 1_000_000).append("}\n");
    try {
      out.get().write(line.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the log of the simulated teacher cannot be written", e);
    }
  }

  @Override
  public void close() {
    if (out.isPresent()) {
      try {
        out.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException("the log of the simulated teacher cannot be closed", e);
      }
    }
  }
}
