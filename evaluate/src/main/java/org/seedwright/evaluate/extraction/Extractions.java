package org.seedwright.evaluate.extraction;

import java.util.List;
import java.util.stream.Collectors;

/** Every extraction that has a name here. Adding one is one class and one line. */
public final class Extractions {
  private Extractions() {}

  /** All of them. */
  public static List<Extraction> all(PythonSyntax syntax) {
    EvalPlusLegacy legacy = new EvalPlusLegacy(syntax);
    return List.of(new None(), new WizardCoder(), new Magicoder(legacy), legacy);
  }

  /**
   * The extraction of this id.
   *
   * @param syntax says what is Python, where the rules ask
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Extraction named(String id, PythonSyntax syntax) {
    return all(syntax).stream()
        .filter(extraction -> extraction.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no extraction is called '%s'; known are %s"
                        .formatted(
                            id,
                            all(syntax).stream()
                                .map(Extraction::id)
                                .collect(Collectors.joining(", ")))));
  }
}
