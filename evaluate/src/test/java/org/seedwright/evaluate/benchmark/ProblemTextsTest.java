package org.seedwright.evaluate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evaluate.benchmark.ProblemText.Part;

class ProblemTextsTest {
  @Test
  void promptDocstringAndSolutionAreTheTextsOfAPythonFunction() {
    String prompt =
        "def add(x, y):\n    \"\"\"Add two numbers.\n    >>> add(1, 2)\n    3\n    \"\"\"\n";
    assertThat(ProblemTexts.of(problem(prompt, Optional.of("    return x + y\n"))))
        .containsExactly(
            new ProblemText(Part.PROMPT, prompt),
            new ProblemText(Part.DESCRIPTION, "Add two numbers.\n    >>> add(1, 2)\n    3"),
            new ProblemText(Part.SOLUTION, "    return x + y\n"));
  }

  @Test
  void aPromptInPlainWordsIsItsOwnDescription() {
    assertThat(ProblemTexts.of(problem("Write a function to add.", Optional.of(" \n"))))
        .containsExactly(new ProblemText(Part.PROMPT, "Write a function to add."));
  }

  @Test
  void ofTwoDocstringsTheLastIsTheTasks() {
    assertThat(
            ProblemTexts.description(
                "def given():\n  '''Given \"\"\" here.'''\n\ndef asked():\n  \"\"\"Asked.\"\"\"\n"))
        .contains("Asked.");
  }

  @Test
  void assertionsBelowADescriptionAreNotPartOfIt() {
    assertThat(ProblemTexts.description("\"\"\"\nWrite it.\nassert f(1) == 2\n\"\"\"\n"))
        .contains("Write it.");
  }

  @Test
  void commentsAreReadWithoutTheirMarks() {
    assertThat(ProblemTexts.description("/**\n * Add two.\n * It is easy.\n */\nint add() {"))
        .hasValueSatisfying(text -> assertThat(text.strip()).isEqualTo("Add two.\nIt is easy."));
    assertThat(ProblemTexts.description("#include <a>\n// Add two.\n// >>> 1\nint add() {"))
        .contains("Add two.\n>>> 1");
    assertThat(ProblemTexts.description("/// Add two.\nfn add() {")).contains("Add two.");
    assertThat(ProblemTexts.description("#!/bin/bash\n# Add two.\n#\n# $1 is one\nadd() {"))
        .contains("Add two.\n\n$1 is one");
  }

  @Test
  void theStatementOfADataScienceProblemEndsBeforeItsAnswer() {
    assertThat(
            ProblemTexts.description(
                "Problem:\nI have a frame:\n1 '''x''' 2\n\nA:\n<code>\nimport pandas\n"))
        .contains("I have a frame:\n1 '''x''' 2\n");
  }

  @Test
  void anOpenDocstringIsNoDescription() {
    assertThat(ProblemTexts.description("x = \"\"\"open")).isEmpty();
  }

  private static Problem problem(String prompt, Optional<String> solution) {
    return new Problem(
        "ours",
        "ours/1",
        "ours/1",
        prompt,
        Optional.empty(),
        solution,
        Optional.empty(),
        Optional.empty());
  }
}
