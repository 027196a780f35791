package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the Python parts' own tests; they lie beside this one among the test resources. */
class PythonPartsTest {
  @Test
  void pythonPartsPassTheirOwnTests() throws Exception {
    assumeThat(Commands.find("python3")).as("skipped: there is no python3").isPresent();
    Path parts = folder("/org/seedwright/evaluate/sandbox/codec.py");
    Path tests = folder("/org/seedwright/evaluate/sandbox/test_codec.py");
    ProcessBuilder python =
        new ProcessBuilder("python3", "-B", "-m", "unittest", "discover", "-s", tests.toString());
    python.environment().put("PYTHONPATH", parts.toString());
    Process process = python.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).containsPattern("Ran \\d{2,} tests");
  }

  private static Path folder(String resource) throws Exception {
    return Path.of(PythonPartsTest.class.getResource(resource).toURI()).getParent();
  }
}
