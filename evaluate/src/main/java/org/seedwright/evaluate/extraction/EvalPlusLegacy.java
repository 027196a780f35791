package org.seedwright.evaluate.extraction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Generation.Form;

/**
 * The sanitizer that EvalPlus had until 0.2 and still ships ({@code evalplus/lecacy_sanitize.py},
 * read in 0.3.1), with its defaults: the first fence that defines the entry point; definitions of
 * the entry point that have a return; nothing unindented after them but definitions and imports;
 * other functions only if they parse. Published scores of 2023 and early 2024 were made with it.
 */
final class EvalPlusLegacy implements Extraction {
  private static final List<String> KEPT_UNINDENTED = List.of("def ", "import ", "from ");
  private static final List<String> ENDS = List.of("\"\"\"", "if", "print");

  private final PythonSyntax syntax;

  EvalPlusLegacy(PythonSyntax syntax) {
    this.syntax = syntax;
  }

  @Override
  public String id() {
    return "evalplus-legacy";
  }

  @Override
  public Generation extract(Generation generation, Task task) {
    String entryPoint =
        task.problem()
            .entryPoint()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "extraction %s needs an entry point, but task %s of %s names none"
                            .formatted(id(), task.id(), task.problem().benchmark())));
    String code =
        generation.form() == Form.COMPLETION
            ? task.completionPrefix() + "\n" + generation.text()
            : generation.text();
    return generation.withText(Form.SOLUTION, sanitize(PythonText.strip(code), entryPoint));
  }

  private String sanitize(String text, String entryPoint) {
    String definition = "def " + entryPoint;
    String code = fenced(("\n" + text).replace("\n```python\n", "\n```\n"), definition);
    List<String> chunks =
        PythonText.split(
            code,
            Pattern.compile(Pattern.quote(definition) + "[" + PythonText.WHITE_SPACE + "]*\\("));
    List<String> bodies =
        chunks.subList(1, chunks.size()).stream().filter(EvalPlusLegacy::hasReturn).toList();
    String call = definition + "(";
    String functions = bodies.isEmpty() ? "" : call + String.join(call, bodies);
    String kept = chunks.get(0) + withoutUnindented(PythonText.lines(fourSpaces(functions)), call);
    return PythonText.strip(withoutBroken(kept, entryPoint));
  }

  private static String fenced(String code, String definition) {
    return PythonText.split(code, "\n```\n").stream()
        .filter(chunk -> chunk.contains(definition))
        .findFirst()
        .orElse(code);
  }

  private static boolean hasReturn(String body) {
    return PythonText.split(body, "\ndef").get(0).contains("    return ");
  }

  private static String fourSpaces(String code) {
    StringBuilder spaced = new StringBuilder();
    for (String line : PythonText.lines(code)) {
      spaced.append(PythonText.indent(line) == 3 ? " " : "").append(line).append('\n');
    }
    return spaced.toString();
  }

  private static String withoutUnindented(List<String> lines, String call) {
    Set<Integer> cut = new HashSet<>();
    boolean isInside = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!isInside && line.startsWith(call)) {
        isInside = true;
        continue;
      }
      if (PythonText.strip(line).isEmpty() || KEPT_UNINDENTED.stream().anyMatch(line::startsWith)) {
        continue;
      }
      if (PythonText.indent(line) == 0) {
        cut.add(i);
      }
      if (ENDS.stream().anyMatch(line::startsWith)) {
        for (int rest = i; rest < lines.size(); rest++) {
          cut.add(rest);
        }
        break;
      }
    }
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!cut.contains(i)) {
        kept.add(lines.get(i));
      }
    }
    return String.join("\n", kept);
  }

  private String withoutBroken(String code, String entryPoint) {
    List<String> parts = PythonText.split(code, "\ndef ");
    List<String> kept = new ArrayList<>();
    kept.add(parts.get(0));
    for (String function : parts.subList(1, parts.size())) {
      String head = PythonText.strip(function);
      if (head.startsWith(entryPoint + " ")
          || head.startsWith(entryPoint + "(")
          || syntax.parses("\ndef " + function)) {
        kept.add(function);
      }
    }
    return String.join("\ndef ", kept);
  }
}
