package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.evolve.evol.HeuristicContract.reason;
import static org.seedwright.evolve.evol.HeuristicContract.stop;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;

class EvolInstructTest {
  private static final String PARENT = "Write a function that adds two numbers.";
  private static final String CHILD = "Write a function that adds two numbers given as strings.";

  private final EvolInstruct evolInstruct = new EvolInstruct();
  private final Heuristic heuristic = Heuristics.code().named("misleading-code");

  @Test
  void chatterAndFramesAroundTheChildAreCut() {
    for (String reply :
        new String[] {
          CHILD,
          "\n" + CHILD + "\n",
          "Sure!\n\n" + CHILD,
          "Certainly! Here is the revised exercise:\n\n" + CHILD,
          "Here is a harder version:\n" + CHILD,
          "Here's the revised exercise: " + CHILD,
          "```text\n" + CHILD + "\n```",
          "==========\n" + CHILD + "\n==========",
          "<think>Strings, perhaps.</think>\n" + CHILD
        }) {
      assertThat(evolInstruct.parse(heuristic, PARENT, stop(reply)))
          .as(reply)
          .isEqualTo(Parsed.accepted(CHILD));
    }
  }

  @Test
  void codeThatTheChildBringsAlongIsNoAnswer() {
    String child =
        "Here is a Python function that should add two numbers:\n\n```python\ndef add(a, b):\n"
            + "    return a - b\n```\n\nMake it add numbers given as strings.";
    assertThat(evolInstruct.parse(heuristic, PARENT, stop(child)))
        .isEqualTo(Parsed.accepted(child));
  }

  @Test
  void theParentAgainIsUnchanged() {
    assertRejected(PARENT, Reason.UNCHANGED);
    assertRejected("**write a  function that adds\ntwo numbers**", Reason.UNCHANGED);
  }

  @Test
  void labelsOfAPromptAreALeak() {
    assertRejected("**Revised exercise:** " + CHILD, Reason.PROMPT_LEAK);
    assertRejected("### Rewritten Prompt\n" + CHILD, Reason.PROMPT_LEAK);
    assertRejected("#Given Prompt#: x\n" + CHILD, Reason.PROMPT_LEAK);
    assertRejected(CHILD + "\n==========\nMore.", Reason.PROMPT_LEAK);
  }

  @Test
  void wordingOfTheTemplateIsALeak() {
    assertRejected(CHILD + " It is a version that is a notch more difficult.", Reason.PROMPT_LEAK);
  }

  @Test
  void wordsThatTheParentHasAlreadyAreNoLeak() {
    String parent = "You revise programming exercises. Take the exercise between two lines.";
    String child = parent + " Then sort them.";
    assertThat(evolInstruct.parse(heuristic, parent, stop(child)))
        .isEqualTo(Parsed.accepted(child));
  }

  @Test
  void wordsLikeALabelInsideASentenceAreNoLeak() {
    String child = CHILD + " It must also solve the original problem\nand the given task: adding.";
    assertThat(evolInstruct.parse(heuristic, PARENT, stop(child)))
        .isEqualTo(Parsed.accepted(child));
  }

  @Test
  void aSolutionIsRejected() {
    assertRejected("To solve this problem, we parse both strings.", Reason.ANSWERED_INSTEAD);
    assertRejected("Here is a Python solution:\n```python\nx\n```", Reason.ANSWERED_INSTEAD);
    assertRejected("```python\ndef add(a, b):\n    return a + b\n```", Reason.ANSWERED_INSTEAD);
  }

  @Test
  void repliesWithoutAChildAreRejected() {
    assertRejected("", Reason.EMPTY_REPLY);
    assertRejected("---", Reason.EMPTY_REPLY);
    assertRejected("I'm sorry, but I cannot rewrite this.", Reason.REFUSED);
    assertRejected("<think>strings", Reason.UNCLOSED_THINKING);
    assertThat(
            reason(evolInstruct.parse(heuristic, PARENT, new TeacherReply(Ending.LENGTH, CHILD))))
        .isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void anInstructionThatComplainsIsNoRefusal() {
    String child = "I can't get my function to add two numbers given as strings. Mend it.";
    assertThat(evolInstruct.parse(heuristic, PARENT, stop(child)))
        .isEqualTo(Parsed.accepted(child));
  }

  @Test
  void allThatABeamWorkerNeedsIsSerializable() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(evolInstruct);
      out.writeObject(new HeuristicDraw(Heuristics.code()));
      out.writeObject(new EqualityJudge());
      out.writeObject(new Responding());
      out.writeObject(new EliminationRules());
    }
  }

  private void assertRejected(String text, Reason reason) {
    assertThat(reason(evolInstruct.parse(heuristic, PARENT, stop(text)))).isEqualTo(reason);
  }
}
