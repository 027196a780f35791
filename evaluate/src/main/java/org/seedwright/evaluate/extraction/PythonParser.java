package org.seedwright.evaluate.extraction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Python's own parser, in a process of its own that starts with the first question and answers
 * until closed. Texts are parsed, never compiled or run. A text on which the interpreter dies or
 * runs out of time or memory does not parse; the next one gets a new process.
 *
 * <p>Which texts parse depends on the interpreter's version, so two machines agree on an extraction
 * that asks only where their interpreters do.
 */
public final class PythonParser implements PythonSyntax, AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final String interpreter;
  private Optional<Child> child = Optional.empty();

  /**
   * A parser.
   *
   * @param interpreter a Python 3, such as {@code python3}
   */
  public PythonParser(String interpreter) {
    this.interpreter = interpreter;
  }

  private record Child(Process process, BufferedReader answers) {
    void kill() {
      process.destroyForcibly();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the interpreter cannot be started
   */
  @Override
  public synchronized boolean parses(String source) {
    Child asked = child.filter(one -> one.process().isAlive()).orElseGet(this::start);
    child = Optional.of(asked);
    try {
      OutputStream questions = asked.process().getOutputStream();
      questions.write((quoted(source) + "\n").getBytes(StandardCharsets.US_ASCII));
      questions.flush();
      String answer = asked.answers().readLine();
      if (answer != null) {
        return answer.equals("1");
      }
    } catch (IOException e) {
      // The process died under the question: the text is not one that Python parses.
    }
    asked.kill();
    child = Optional.empty();
    return false;
  }

  @Override
  public synchronized void close() {
    child.ifPresent(Child::kill);
    child = Optional.empty();
  }

  private Child start() {
    try {
      Process process =
          new ProcessBuilder(interpreter, "-I", "-S", "-c", script())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Child started =
          new Child(
              process,
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)));
      if (!"ready".equals(started.answers().readLine())) {
        started.kill();
        throw new IOException("it did not answer");
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse Python with '%s'".formatted(interpreter), e);
    }
  }

  private static String script() throws IOException {
    try (InputStream script = PythonParser.class.getResourceAsStream("parses.py")) {
      if (script == null) {
        throw new IllegalStateException("parses.py is not beside its class");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String quoted(String source) {
    try {
      return JSON.writeValueAsString(source);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a string can be written as JSON", e);
    }
  }
}
