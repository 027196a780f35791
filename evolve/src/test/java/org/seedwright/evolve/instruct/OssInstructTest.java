package org.seedwright.evolve.instruct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;

class OssInstructTest {
  private static final String CODE = "```python\nprint(2)\n```";

  private final OssInstruct ossInstruct = new OssInstruct();

  @Test
  void thePromptShowsTheSnippetInAFence() {
    Prompt prompt = ossInstruct.render(seed("def f():\n    return 1\n"));

    assertThat(prompt.id()).isEqualTo("oss-instruct@1");
    assertThat(prompt.messages()).extracting(Message::role).containsExactly(Role.SYSTEM, Role.USER);
    assertThat(prompt.messages().get(1).content())
        .contains("```\ndef f():\n    return 1\n```\n", "[Problem Description]", "[Solution]");
  }

  @Test
  void aSnippetWithAFenceGetsALongerOne() {
    Prompt prompt = ossInstruct.render(seed("/// ````rust\n/// ```\n"));

    assertThat(prompt.messages().get(1).content())
        .contains("`````\n/// ````rust\n/// ```\n`````\n");
  }

  @Test
  void placeholdersInTheSnippetStay() {
    Prompt prompt = ossInstruct.render(seed("Hello {{code}} {{other}} $1 \\\n"));

    assertThat(prompt.messages().get(1).content()).contains("Hello {{code}} {{other}} $1 \\\n");
  }

  @Test
  void itShipsToAWorker() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ossInstruct);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      OssInstruct shipped = (OssInstruct) in.readObject();
      assertThat(shipped.render(seed("x"))).isEqualTo(ossInstruct.render(seed("x")));
    }
  }

  @Test
  void bothSectionsAreFoundUnderTheirMarkers() {
    assertSections("[Problem Description]\nAdd.\n\n[Solution]\n" + CODE, "Add.", CODE);
  }

  @Test
  void textOnTheLineOfAMarkerIsKept() {
    assertSections("[Problem Description] Add.\n[Solution]: Print it.", "Add.", "Print it.");
  }

  @Test
  void bothSectionsMayShareALine() {
    assertSections("[Problem Description] Add. [Solution] Print it.", "Add.", "Print it.");
  }

  @Test
  void boldMarkersCount() {
    assertSections(
        "**Problem Description**\n\nAdd.\n\n**Solution:**\n" + CODE + "\n", "Add.", CODE);
    assertSections("**[Problem Description]**\nAdd.\n**[Solution]**\n" + CODE, "Add.", CODE);
    assertSections("**Problem Description** Add.\n__Solution__\n" + CODE, "Add.", CODE);
  }

  @Test
  void headingsCount() {
    assertSections("### [Problem Description]:\nAdd.\n### Solution\n" + CODE, "Add.", CODE);
    assertSections("# Problem\nAdd.\n\n## Solution ##\n" + CODE, "Add.", CODE);
    assertSections("## 1. Problem Statement\nAdd.\n\n## 2. Solution\n" + CODE, "Add.", CODE);
  }

  @Test
  void plainLabelsCountInAnyCase() {
    assertSections("PROBLEM DESCRIPTION:\nAdd.\nsolution:\n" + CODE, "Add.", CODE);
    assertSections("[problem description]\nAdd.\n[SOLUTION]\n" + CODE, "Add.", CODE);
  }

  @Test
  void aPreambleThatNamesBothSectionsIsNoMarker() {
    assertSections(
        "Here are the [Problem Description] and the [Solution] you asked for:\n\n"
            + "[Problem Description]\nAdd.\n\n[Solution]\n"
            + CODE,
        "Add.",
        CODE);
    assertSections(
        "**Problem Description** and **Solution**\n\n## Problem Description\nAdd.\n## Solution\n"
            + CODE,
        "Add.",
        CODE);
  }

  @Test
  void aMarkerAfterSomeWordsCounts() {
    assertSections("Sure! [Problem Description] Add.\n\n[Solution]\n" + CODE, "Add.", CODE);
  }

  @Test
  void aHeadingOverABracketedMarkerIsPartOfIt() {
    assertSections(
        "## Problem Description\n\n[Problem Description]\nAdd.\n\n## Solution\n[Solution]\n" + CODE,
        "Add.",
        CODE);
    assertSections(
        "[Problem Description]\nAdd.\n\n[Solution]\n### Solution\n" + CODE, "Add.", CODE);
  }

  @Test
  void aMissingFenceIsNoFault() {
    assertSections("[Problem Description]\nAdd.\n[Solution]\nprint(2)", "Add.", "print(2)");
  }

  @Test
  void headingsInsideTheSectionsAreText() {
    assertSections(
        "[Problem Description]\nA.\n### Problem\nB.\n[Solution]\n**Solution**: "
            + "the solution to this problem\n### Solution Explanation\nC.",
        "A.\n### Problem\nB.",
        "the solution to this problem\n### Solution Explanation\nC.");
  }

  @Test
  void commentsInCodeAreNoMarkers() {
    assertSections(
        "## Problem Description\nMend:\n```python\n# Solution\nx = 1\n```\n## Solution\n" + CODE,
        "Mend:\n```python\n# Solution\nx = 1\n```",
        CODE);
    assertRejected(
        "## Problem Description\nMend:\n```python\n# Solution\nx = 1\n```", Reason.MARKERS_MISSING);
  }

  @Test
  void aFenceThatIsNeverClosedDoesNotHideTheSolution() {
    assertSections(
        "[Problem Description]\nMend:\n```\nx = 1\n[Solution]\n" + CODE, "Mend:\n```\nx = 1", CODE);
  }

  @Test
  void aReplyInsideOneFenceIsUnwrapped() {
    assertSections(
        "```markdown\n[Problem Description]\nAdd.\n[Solution]\n" + CODE + "\n```", "Add.", CODE);
  }

  @Test
  void windowsLineEndsAreLineEnds() {
    assertSections("[Problem Description]\r\nAdd.\r\n[Solution]\r\nx\r\n", "Add.", "x");
  }

  @Test
  void trailingChatterAndRulesAreCut() {
    assertSections(
        "[Problem Description]\nAdd.\n\n---\n\n[Solution]\n"
            + CODE
            + "\n\n---\n\nI hope this helps! Let me know if you need more.\n\nHappy coding!",
        "Add.",
        CODE);
  }

  @Test
  void thinkingTextIsTakenOut() {
    assertSections(
        "<think>\n[Problem Description] and [Solution]?\n</think>\n[Problem Description]\nAdd.\n"
            + "[Solution]\n"
            + CODE,
        "Add.",
        CODE);
    assertSections(
        "Maybe an addition.\n</think>\n[Problem Description]\nAdd.\n[Solution]\n" + CODE,
        "Add.",
        CODE);
  }

  @Test
  void thinkingTextWithoutEndIsRejected() {
    assertRejected(
        "<think>\nMaybe [Problem Description]\nAdd.\n[Solution]\n1", Reason.UNCLOSED_THINKING);
  }

  @Test
  void aReplyWithoutMarkersIsRejectedAsMarkersMissing() {
    assertRejected("Write a function that adds.\n" + CODE, Reason.MARKERS_MISSING);
    assertRejected("[Problem Description]\nAdd.\n", Reason.MARKERS_MISSING);
    assertRejected("[Solution]\n" + CODE, Reason.MARKERS_MISSING);
    assertRejected("A problem, as always, has a solution.", Reason.MARKERS_MISSING);
  }

  @Test
  void theSolutionBeforeTheProblemIsRejected() {
    assertRejected(
        "[Solution]\n" + CODE + "\n[Problem Description]\nAdd.", Reason.MARKERS_OUT_OF_ORDER);
  }

  @Test
  void emptySectionsAreRejected() {
    assertRejected("[Problem Description]\n\n[Solution]\n" + CODE, Reason.EMPTY_PROBLEM);
    assertRejected("[Problem Description]\nAdd.\n[Solution]\n \n---\n", Reason.EMPTY_SOLUTION);
  }

  @Test
  void twoSolutionsAreRejected() {
    String first = "[Problem Description]\nAdd.\n[Solution]\n" + CODE;
    assertRejected(first + "\n[Solution]\n" + CODE, Reason.TWO_SOLUTIONS);
    assertRejected(first + "\n### Alternative Solution\n" + CODE, Reason.TWO_SOLUTIONS);
    assertRejected(first + "\n\n" + first, Reason.TWO_SOLUTIONS);
    assertRejected(
        "# Problem Description\nAdd.\n# Solution 1\n" + CODE + "\n# Solution 2\n" + CODE,
        Reason.TWO_SOLUTIONS);
  }

  @Test
  void aReplyThatIsNotFinishedIsRejectedWhateverItHolds() {
    String good = "[Problem Description]\nAdd.\n[Solution]\n" + CODE;
    assertThat(reasonOf(new TeacherReply(Ending.LENGTH, good))).isEqualTo(Reason.TRUNCATED);
    assertThat(reasonOf(new TeacherReply(Ending.REFUSAL, good))).isEqualTo(Reason.REFUSED);
    assertThat(reasonOf(new TeacherReply(Ending.CONTENT_FILTER, good)))
        .isEqualTo(Reason.CONTENT_FILTERED);
  }

  @Test
  void anEmptyReplyAndARefusalAreTold() {
    assertRejected(" \n", Reason.EMPTY_REPLY);
    assertRejected("I'm sorry, but I can’t assist with that.", Reason.REFUSED);
    assertRejected(
        "As an AI language model, I cannot create a problem from this code.", Reason.REFUSED);
    assertRejected("I must decline.", Reason.REFUSED);
  }

  private void assertSections(String text, String problem, String solution) {
    assertThat(ossInstruct.parse(seed("x\n"), new TeacherReply(Ending.STOP, text)))
        .isEqualTo(Parsed.accepted(new ProblemAndSolution(problem, solution)));
  }

  private void assertRejected(String text, Reason reason) {
    assertThat(reasonOf(new TeacherReply(Ending.STOP, text))).isEqualTo(reason);
  }

  private Reason reasonOf(TeacherReply reply) {
    Parsed<ProblemAndSolution> parsed = ossInstruct.parse(seed("x\n"), reply);
    assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    return ((Parsed.Rejected<ProblemAndSolution>) parsed).reason();
  }

  private static SeedSnippet seed(String code) {
    Origin origin = new Origin("s", "a.py", 1, 2, Optional.empty(), Optional.empty(), List.of());
    return new SeedSnippet("id", "document", 0, "python", origin, code);
  }
}
