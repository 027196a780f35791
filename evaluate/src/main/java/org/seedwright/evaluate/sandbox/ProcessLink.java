package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A slot that is a process of this machine. */
final class ProcessLink implements Link {
  private static final int COMPLAINT_BYTES = 2000;

  private final Process process;
  private final Runnable afterwards;

  /**
   * Starts a process with this environment and no other variable.
   *
   * @param afterwards runs when the slot is closed and the process has ended
   */
  ProcessLink(List<String> command, Map<String, String> environment, Runnable afterwards)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    this.process = builder.start();
    this.afterwards = afterwards;
  }

  @Override
  public OutputStream requests() {
    return process.getOutputStream();
  }

  @Override
  public InputStream answers() {
    return process.getInputStream();
  }

  @Override
  public String complaint() {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        return "";
      }
      byte[] text = process.getErrorStream().readNBytes(COMPLAINT_BYTES);
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    afterwards.run();
  }
}
