package org.seedwright.evaluate.extraction;

/** Whether a text is Python. */
public interface PythonSyntax {
  /** Whether {@code ast.parse} takes this text. Nothing of it is executed. */
  boolean parses(String source);
}
