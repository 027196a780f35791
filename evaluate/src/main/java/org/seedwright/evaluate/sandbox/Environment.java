package org.seedwright.evaluate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a slot runs programs with: all that can change a verdict and is not part of an execution.
 *
 * @param sandbox the sandbox's name
 * @param python version of the interpreter
 * @param numpy version of numpy, {@code none} where it is not there
 * @param machine architecture, such as {@code x86_64}
 * @param harness digest of the Python parts
 * @param landlock version of the kernel's Landlock, 0 where it has none; from 6 on a candidate
 *     cannot signal the harness
 */
public record Environment(
    String sandbox, String python, String numpy, String machine, String harness, int landlock) {
  static Environment of(String sandbox, JsonNode told) {
    return new Environment(
        sandbox,
        "%s %s".formatted(told.path("implementation").asText(), told.path("python").asText()),
        told.path("numpy").asText(),
        told.path("machine").asText(),
        PythonParts.digest(),
        told.path("landlock").asInt());
  }

  /** The address of this environment, 64 hex digits. The kernel's Landlock is left out. */
  public String digest() {
    try {
      String all = String.join("\n", sandbox, python, numpy, machine, harness);
      byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
