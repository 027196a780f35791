package org.seedwright.evaluate.sandbox;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.seedwright.evaluate.sandbox.SandboxLook.Fitness;

/** Starts a slot of a sandbox and ends it. */
final class SlotTrial {
  private SlotTrial() {}

  /**
   * What a slot says of itself.
   *
   * @param remedy what to run if it does not start
   */
  static SandboxLook of(Supplier<Sandbox> opening, String sandbox, String numpy, String remedy) {
    long start = System.nanoTime();
    try (Slot slot = Slot.open(opening.get(), new Preparations())) {
      Environment inside = slot.environment();
      boolean lacks = inside.numpy().equals("none");
      String found =
          String.format(
              Locale.ROOT,
              "%s: a slot started in %.1f s with %s and %s%s",
              inside.sandbox(),
              (System.nanoTime() - start) / 1e9,
              inside.python(),
              lacks ? "without numpy" : "numpy " + inside.numpy(),
              inside.landlock() >= 6
                  ? ""
                  : "; this kernel's Landlock cannot keep a candidate from ending its own slot");
      return new SandboxLook(
          sandbox,
          lacks ? Fitness.WEAK : Fitness.READY,
          found,
          lacks ? Optional.of(numpy) : Optional.empty());
    } catch (SandboxUnavailableException e) {
      return SandboxLook.missing(sandbox, e.getMessage(), remedy);
    }
  }
}
