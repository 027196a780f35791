package org.seedwright.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.seedwright.pipelines.simulate.Down;
import org.seedwright.pipelines.simulate.Fault;
import org.seedwright.pipelines.simulate.RetryAfter;
import org.seedwright.pipelines.simulate.TransportFault;

class SimulateTeacherCommandTest {

  @Test
  void wrongOptionsAreNamedWithWhatIsValid() {
    assertWrong(
        "--transport-faults", "resett=0.1", "there is no fault 'resett'; known: all, rate-limit,");
    assertWrong("--transport-faults", "reset=2", "share of reset must be 0 to 1, but was 2.0");
    assertWrong("--transport-faults", "all=0.5", "must add up to 1 at most, but add up to 9.0");
    assertWrong("--latency", "soon", "--latency must be a time such as 200ms or 1.5s");
    assertWrong("--jitter", "2h", "--jitter must be a time such as 200ms or 1.5s");
    assertWrong("--drip", "0", "drip must be 1 ms to 1 hour");
    assertWrong("--requests-per-second", "0", "requests-per-second must be above 0");
    assertWrong("--tokens-per-minute", "-1", "tokens-per-minute must be 1 or more, but was -1");
    assertWrong("--max-open", "0", "max-open must be 1 or more, but was 0");
    assertWrong("--retry-after", "soon", "must be one of none, seconds, date");
    assertWrong("--require-key", "NO_SUCH_VARIABLE_1", "NO_SUCH_VARIABLE_1 is not set");
    assertWrong("--script", "none.yaml", "script none.yaml: there is no such file");
    assertWrong("--port", "65536", "--port must be 0 to 65535, but was 65536");
    assertWrong("--share", "refusals=0.1", "no such fault; known: [refusal,");
  }

  private static void assertWrong(String option, String value, String message) {
    var err = new ByteArrayOutputStream();
    PrintStream real = System.err;
    try {
      System.setErr(new PrintStream(err, true, UTF_8));
      assertThat(Main.run("simulate-teacher", option, value))
          .as(option)
          .isEqualTo(ExitCode.WRONG_INPUT);
    } finally {
      System.setErr(real);
    }
    assertThat(err.toString(UTF_8)).contains(message);
  }

  @Test
  void thePageNamesEveryFault() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "teacher.md"));
    for (Fault fault : Fault.values()) {
      assertThat(page).contains("`%s`".formatted(fault.id()));
    }
    for (TransportFault fault : TransportFault.values()) {
      assertThat(page).contains("`%s`".formatted(fault.id()));
    }
    for (Down down : Down.values()) {
      assertThat(page).contains("`down: %s`".formatted(down.id()));
    }
    for (RetryAfter form : RetryAfter.values()) {
      assertThat(page).contains("`%s`".formatted(form.id()));
    }
  }
}
