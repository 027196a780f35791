package org.seedwright.pipelines.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Standard output for what was asked for, standard error for what happens meanwhile. */
final class Output {
  // Letters beyond ASCII are escaped: what a model wrote reaches a terminal this way too.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output, also on failure.")
  private boolean json;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  boolean isJson() {
    return json;
  }

  /** Prints lines for people; nothing with {@code --json}. */
  void text(String text) {
    if (!json) {
      out.println(text);
    }
  }

  /** Prints the one object of {@code --json}; nothing without it. */
  void object(Object value) throws IOException {
    if (json) {
      out.println(JSON.writeValueAsString(value));
    }
  }

  /** Prints a line on what happens now. */
  void progress(String line) {
    err.println(line);
  }
}
