package org.seedwright.evaluate.execution;

/** How a program is tested. */
public sealed interface Tests permits Asserts, Calls, StdinStdout {
  /** Digest of everything in here that can change a verdict, 64 hex digits. */
  String digest();
}
