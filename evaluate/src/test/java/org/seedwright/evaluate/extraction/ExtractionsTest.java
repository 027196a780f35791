package org.seedwright.evaluate.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.benchmark.Problem;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Generation.Form;

class ExtractionsTest {
  private static final Task HUMAN_EVAL = task("humaneval", "HumanEval/0", "HumanEval/0");
  private static final Task MBPP = task("mbpp", "MBPP/2", "MBPP/2");
  private static final Task MBPP_PLUS = task("mbpp-plus@0.1.0", "Mbpp/2", "MBPP/2");

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Extractions.named("wizard", source -> true))
        .hasMessage(
            "no extraction is called 'wizard'; known are none, wizardcoder, magicoder,"
                + " evalplus-legacy");
  }

  @Test
  void noneKeepsTheTextAndTakesAReplyForAProgram() {
    assertThat(extract("none", HUMAN_EVAL, Form.COMPLETION, " x\n"))
        .isEqualTo(generation(Form.COMPLETION, " x\n"));
    assertThat(extract("none", HUMAN_EVAL, Form.REPLY, "x"))
        .isEqualTo(generation(Form.SOLUTION, "x"));
  }

  @Test
  void wizardCoderReadsTheFirstPythonFenceOfTheResponse() {
    String reply =
        """
        ### Instruction:
        ```python
        not this
        ```
        ### Response: Here:\r
        ```python\r
        def f():\r
            return "a"  \r
        ```
        ```python
        def g(): pass
        ```
        """;
    assertThat(extract("wizardcoder", HUMAN_EVAL, Form.REPLY, reply))
        .isEqualTo(generation(Form.COMPLETION, "def f():\n    return \"a\""));
  }

  @Test
  void wizardCoderCutsMainGuardAndExampleOfUse() {
    assertThat(wizard(HUMAN_EVAL, "x = 1\nif __name__ == \"__main__\":\n  f()\n"))
        .isEqualTo("x = 1");
    assertThat(wizard(HUMAN_EVAL, "x = 1\n# Example usage:\nf()")).isEqualTo("x = 1");
    assertThat(wizard(HUMAN_EVAL, " x = 1\n")).isEqualTo(" x = 1\n");
    assertThat(wizard(HUMAN_EVAL, "```python\nx = 1\n")).isEqualTo("\nx = 1");
  }

  @Test
  void wizardCodersThreeScriptsDiffer() {
    String text = "```python\nx = '```'\r\n# Test examples\nassert x\n```\nassert y";
    assertThat(wizard(HUMAN_EVAL, text)).isEqualTo("x = '");
    assertThat(wizard(MBPP, text)).isEqualTo("x = '```'");
    assertThat(wizard(MBPP_PLUS, text)).isEqualTo("x = '```'\n# Test examples");
    assertThat(wizard(MBPP, "x = 1\r\ny = 2")).contains("\r");
  }

  @Test
  void magicoderEndsAtTheFirstFence() {
    assertThat(extract("magicoder", HUMAN_EVAL, Form.REPLY, "\n    return 1\n```\nSo.```"))
        .isEqualTo(generation(Form.COMPLETION, "\n    return 1\n"));
    assertThat(extract("magicoder", HUMAN_EVAL, Form.COMPLETION, "    return 1"))
        .isEqualTo(generation(Form.COMPLETION, "    return 1"));
    assertThat(
            extract(
                "magicoder", MBPP_PLUS, Form.SOLUTION, "def f(x):\n    return 1\nprint(f(2))```"))
        .isEqualTo(generation(Form.SOLUTION, "def f(x):\n    return 1"));
  }

  @Test
  void evalPlusKeepsTheEntryPointAndFunctionsThatParse() {
    String text =
        """
        Sure:
        ```python
        import math
        def f(x):
            return math.pi
        def g(x):
            return x
        def broken(x:
            return x
        if __name__ == "__main__":
            f(1)
        ```
        """;
    try (PythonParser python = new PythonParser("python3")) {
      Generation extracted =
          Extractions.named("evalplus-legacy", python)
              .extract(generation(Form.SOLUTION, text), MBPP_PLUS);
      assertThat(extracted.text())
          .isEqualTo("import math\ndef f(x):\n    return math.pi\ndef g(x):\n    return x");
    }
  }

  @Test
  void evalPlusNeedsAnEntryPoint() {
    assertThatThrownBy(() -> extract("evalplus-legacy", MBPP, Form.SOLUTION, "x"))
        .hasMessage(
            "extraction evalplus-legacy needs an entry point, but task MBPP/2 of mbpp names none");
  }

  @Test
  void pythonSaysWhatParsesAndSurvivesWhatDoesNot() {
    try (PythonParser python = new PythonParser("python3")) {
      assertThat(python.parses("def f():\n  return 1")).isTrue();
      assertThat(python.parses("def f(:")).isFalse();
      assertThat(python.parses("x = '\u00e9\ud83d\ude00'")).isTrue();
      assertThat(python.parses("x = '\ud800'")).isFalse();
      assertThat(python.parses("x = 1\0")).isFalse();
      assertThat(python.parses("(".repeat(100_000))).isFalse();
      assertThat(python.parses("x = " + "-".repeat(1_000_000) + "1")).isFalse();
      assertThat(python.parses("x = 1")).isTrue();
    }
    try (PythonParser absent = new PythonParser("no-such-python")) {
      assertThatThrownBy(() -> absent.parses("x"))
          .hasMessage("cannot parse Python with 'no-such-python'");
    }
  }

  @Test
  void stringsAreCutAsPythonCutsThem() {
    assertThat(PythonText.strip("\u00a0\u001c x\u3000\n")).isEqualTo("x");
    assertThat(PythonText.strip("\u200bx")).isEqualTo("\u200bx");
    assertThat(PythonText.lines("a\r\nb\u000bc\u2028d\n\n"))
        .containsExactly("a", "b", "c", "d", "");
    assertThat(PythonText.lines("")).isEmpty();
    assertThat(PythonText.split("a--b--", "--")).isEqualTo(List.of("a", "b", ""));
  }

  private static String wizard(Task task, String text) {
    return extract("wizardcoder", task, Form.SOLUTION, text).text();
  }

  private static Generation extract(String id, Task task, Form form, String text) {
    return Extractions.named(id, source -> true).extract(generation(form, text), task);
  }

  private static Generation generation(Form form, String text) {
    return new Generation("t", 0, form, text, new Generation.Place(Path.of("a.jsonl"), 1));
  }

  private static Task task(String benchmark, String id, String family) {
    return new Task(
        new Problem(
            benchmark,
            id,
            family,
            "prompt",
            benchmark.equals("mbpp") ? Optional.empty() : Optional.of("f"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "",
        Optional.empty(),
        new Asserts("", List.of("assert f"), Optional.empty()),
        Limits.humanEval());
  }
}
