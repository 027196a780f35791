package org.seedwright.pipelines.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What binding one file needs beside its nodes, and the one list that its problems go to.
 *
 * @param label the file as the user named it, for messages
 * @param folder the absolute folder that relative paths resolve against
 * @param home the folder that a leading {@code ~} stands for
 * @param environment the values of environment variables
 * @param problems the list that every feature adds to
 */
record Binding(
    String label,
    Path folder,
    Path home,
    Vocabulary vocabulary,
    Function<String, Optional<String>> environment,
    List<Problem> problems) {

  /** A binding to no file at all, for asking the binders what they would accept. */
  static final Binding NONE =
      new Binding(
          "",
          Path.of("/"),
          Path.of("/"),
          new Vocabulary(Set.of(), Set.of(), Set.of()),
          name -> Optional.empty(),
          List.of());

  /**
   * Returns the same binding with a list of its own that nobody reads: for keys that are absent.
   */
  Binding muted() {
    return withProblems(new ArrayList<>());
  }

  /** Returns the same binding with another list. */
  Binding withProblems(List<Problem> other) {
    return new Binding(label, folder, home, vocabulary, environment, other);
  }
}
