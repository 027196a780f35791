package org.seedwright.pipelines.cli;

import java.util.Optional;

/**
 * A thing that was tried.
 *
 * @param found one line
 * @param remedy one command that mends it, for a shell in the folder of the sources
 */
record Check(String name, State state, String found, Optional<String> remedy) {

  /** How a check ended. */
  enum State {
    OK,
    PROBLEM,
    /** Not there; only what is asked for by its name needs it. */
    MISSING,
    /** Nothing that a run needs. */
    NOTE
  }

  static Check ok(String name, String found) {
    return new Check(name, State.OK, found, Optional.empty());
  }

  static Check note(String name, String found) {
    return new Check(name, State.NOTE, found, Optional.empty());
  }

  static Check problem(String name, String found) {
    return new Check(name, State.PROBLEM, found, Optional.empty());
  }

  static Check missing(String name, String found, String remedy) {
    return new Check(name, State.MISSING, found, Optional.of(remedy));
  }

  Check curedBy(String command) {
    return new Check(name, state, found, Optional.of(command));
  }
}
