package org.seedwright.evolve.instruct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;

class SelfInstructTest {
  private final SelfInstruct selfInstruct = new SelfInstruct();

  private List<String> tasks(int shown, String reply) {
    Parsed<List<String>> parsed = selfInstruct.parse(shown, new TeacherReply(Ending.STOP, reply));
    assertThat(parsed).as(reply).isInstanceOf(Parsed.Accepted.class);
    return ((Parsed.Accepted<List<String>>) parsed).value();
  }

  private Reason reason(Ending ending, String reply) {
    Parsed<List<String>> parsed = selfInstruct.parse(2, new TeacherReply(ending, reply));
    assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    return ((Parsed.Rejected<List<String>>) parsed).reason();
  }

  @Test
  void thePromptShowsTheTasksAndNamesTheNumbersToComeNext() {
    Prompt prompt = selfInstruct.render(List.of("Sort a list.", "Mend the loop. "), 3);

    assertThat(prompt.id()).isEqualTo("self-instruct@1");
    assertThat(prompt.messages())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.content())
                    .contains("\n1. Sort a list.\n2. Mend the loop.\n")
                    .contains("3 tasks of your own, numbered 3 to 5")
                    .doesNotContain("{{"));
  }

  @Test
  void aListIsReadHoweverItIsNumbered() {
    for (String reply :
        List.of(
            "3. Name a tree.\n4. Count to ten.",
            "Sure, here they are:\n\n3) Name a tree.\n\n4) Count to ten.\n",
            "**3.** Name a tree.\n**4.** Count to ten.",
            "Task 3: Name a tree.\nTask 4: Count to ten.",
            "1. Name a tree.\n2. Count to ten.",
            "```\n3. Name a tree.\n4. Count to ten.\n```",
            "<think>trees</think>\n3. Name a tree.\n4. Count to ten.")) {
      assertThat(tasks(2, reply)).as(reply).containsExactly("Name a tree.", "Count to ten.");
    }
  }

  @Test
  void numbersInsideATaskDoNotEndIt() {
    assertThat(
            tasks(
                2,
                "3. Do these steps:\n1. sort\n2. print\n20. stop\n4. Tell what 1969. means.\n"
                    + "  5.5 is no number of a list.\n5. Last one."))
        .containsExactly(
            "Do these steps:\n1. sort\n2. print\n20. stop",
            "Tell what 1969. means.\n  5.5 is no number of a list.",
            "Last one.");
  }

  @Test
  void anEmptyNumberTakesItsPlace() {
    assertThat(tasks(2, "3.\n4. Count to ten.")).containsExactly("", "Count to ten.");
  }

  @Test
  void whatIsNoListIsRejected() {
    assertThat(reason(Ending.STOP, "Name a tree.")).isEqualTo(Reason.NOT_IN_REPLY);
    assertThat(reason(Ending.STOP, "7. Name a tree.")).isEqualTo(Reason.NOT_IN_REPLY);
    assertThat(reason(Ending.STOP, "")).isEqualTo(Reason.EMPTY_REPLY);
    // The paper drops the whole reply, not the last task alone.
    assertThat(reason(Ending.LENGTH, "3. Name a tree.\n4. Cou")).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void examplesAreDrawnWithoutRepetitionAndDependOnSeedAndNumberAlone() {
    List<String> tasks = IntStream.range(0, 20).mapToObj(i -> "task " + i).toList();
    Set<List<String>> drawn = new HashSet<>();
    for (int number = 0; number < 50; number++) {
      List<String> examples = SelfInstruct.examples(976, number, 8, tasks);
      assertThat(examples).hasSize(8).doesNotHaveDuplicates();
      assertThat(SelfInstruct.examples(976, number, 8, tasks)).isEqualTo(examples);
      drawn.add(examples);
    }
    assertThat(drawn).hasSize(50);
    assertThat(SelfInstruct.examples(976, 0, 30, tasks)).containsExactlyInAnyOrderElementsOf(tasks);
    assertThat(SelfInstruct.examples(977, 0, 8, tasks))
        .isNotEqualTo(SelfInstruct.examples(976, 0, 8, tasks));
  }
}
