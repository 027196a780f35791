package org.seedwright.evaluate.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tests that are calls of one function with given arguments, compared with what the reference
 * returns: EvalPlus's form.
 *
 * <p>Each group is a run of its own: the program is loaded anew, so that state of one group does
 * not reach the next. Within a group arguments are not copied and state persists, as in EvalPlus.
 *
 * @param entryPoint the function
 * @param reference a whole program with the same function, whose values are the expected ones and
 *     whose CPU times scale the limits; trusted, and run in the judge
 * @param groups at least one, names distinct; {@code base} and {@code plus} in EvalPlus's sets
 * @param tolerance absolute tolerance of the problem ({@code atol}), 0 or more
 * @param oracle how values are compared
 * @param inputForm how JSON becomes arguments
 */
public record Calls(
    String entryPoint,
    String reference,
    List<Group> groups,
    double tolerance,
    Oracle oracle,
    InputForm inputForm)
    implements Tests {
  /**
   * Some calls.
   *
   * @param name kebab-case
   * @param inputs a JSON array with an array of arguments per call; {@code Infinity} and {@code
   *     NaN} are allowed
   */
  public record Group(String name, Content inputs) {
    public Group {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a group of calls needs a name");
      }
    }
  }

  public Calls {
    groups = List.copyOf(groups);
    Set<String> names = new HashSet<>();
    groups.forEach(group -> names.add(group.name()));
    if (groups.isEmpty() || names.size() != groups.size()) {
      throw new IllegalArgumentException(
          "calls need groups with distinct names, but have %s".formatted(groups));
    }
    if (entryPoint.isBlank()) {
      throw new IllegalArgumentException("calls need an entry point");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "tolerance must be 0 or more, but was %s".formatted(tolerance));
    }
  }

  @Override
  public String digest() {
    Digest digest =
        new Digest("calls")
            .with(entryPoint)
            .with(reference)
            .with(tolerance)
            .with(oracle.id())
            .with(inputForm.id())
            .with(groups.size());
    groups.forEach(group -> digest.with(group.name()).with(group.inputs().digest()));
    return digest.hex();
  }
}
