package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.List;

/** What a line of a file holds, seen from the beginning of the file. */
enum LineKind {
  BLANK,
  COMMENT,
  IMPORT,
  PUNCTUATION,
  CODE;

  /** Returns the kind of each line that {@link PythonLines} sees. */
  static List<LineKind> of(String content, String language) {
    Syntax syntax = Syntax.of(language);
    CodeMask.Kind[] kinds = CodeMask.of(content, syntax);
    List<LineKind> lines = new ArrayList<>();
    int openBrackets = 0;
    boolean continued = false;
    int start = 0;
    while (start < content.length()) {
      int end = PythonLines.endOfLine(content, start);
      MaskedLine line = MaskedLine.of(content, kinds, start, end);
      LineKind kind = kind(line, syntax, openBrackets > 0 || continued);
      if (kind == IMPORT) {
        openBrackets = Math.max(0, openBrackets + line.brackets());
        continued = line.continued();
      }
      lines.add(kind);
      start = end;
    }
    return lines;
  }

  private static LineKind kind(MaskedLine line, Syntax syntax, boolean insideImport) {
    if (line.blank()) {
      return BLANK;
    }
    if (line.code().isBlank()) {
      return COMMENT;
    }
    if (insideImport) {
      return IMPORT;
    }
    String code = line.code().strip();
    if (!line.insideString() && syntax.imports().matcher(code).matches()) {
      return line.statements().stream()
              .skip(1)
              .allMatch(next -> next.isBlank() || syntax.imports().matcher(next).matches())
          ? IMPORT
          : CODE;
    }
    boolean says = code.codePoints().anyMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    return !says || syntax.closers().matcher(code).matches() ? PUNCTUATION : CODE;
  }
}
