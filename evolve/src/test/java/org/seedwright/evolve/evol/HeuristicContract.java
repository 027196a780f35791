package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;

/** What every heuristic must do; extend it for a set of one's own. */
abstract class HeuristicContract {
  private static final String PARENT = "Write a function that reverses a list.";
  private static final String CHILD =
      "Write a function that reverses a singly linked list in place, in groups of k.";

  private final EvolInstruct evolInstruct = new EvolInstruct();

  abstract Heuristics heuristics();

  @TestFactory
  Stream<DynamicTest> thePromptHoldsTheDemandAndTheInstruction() {
    return each(
        heuristic -> {
          Prompt prompt = evolInstruct.render(heuristic, PARENT);
          assertThat(prompt.id())
              .isEqualTo(heuristic.template().file().replace(".md", "@1/") + heuristic.name());
          assertThat(prompt.messages())
              .extracting(Message::content)
              .singleElement()
              .asString()
              .contains(heuristic.text(), "\n" + PARENT + "\n")
              .doesNotContain("{{");
        });
  }

  @TestFactory
  Stream<DynamicTest> theTextIsShortEnoughForATemplateAndLongEnoughToBeRecognised() {
    return each(
        heuristic ->
            assertThat(heuristic.text().split("\\s+", -1)).hasSizeBetween(Wording.RUN, 120));
  }

  @TestFactory
  Stream<DynamicTest> aRealChildIsAccepted() {
    return each(
        heuristic ->
            assertThat(evolInstruct.parse(heuristic, PARENT, stop(CHILD)))
                .isEqualTo(Parsed.accepted(CHILD)));
  }

  @TestFactory
  Stream<DynamicTest> itsOwnWordingInAChildIsAPromptLeak() {
    return each(
        heuristic -> {
          List<String> words = List.of(heuristic.text().split("\\s+", -1));
          String copied = String.join(" ", words.subList(words.size() - 8, words.size()));
          assertThat(reason(evolInstruct.parse(heuristic, PARENT, stop(CHILD + " " + copied))))
              .isEqualTo(Reason.PROMPT_LEAK);
        });
  }

  private Stream<DynamicTest> each(java.util.function.Consumer<Heuristic> law) {
    return heuristics().all().stream()
        .map(heuristic -> DynamicTest.dynamicTest(heuristic.name(), () -> law.accept(heuristic)));
  }

  static TeacherReply stop(String text) {
    return new TeacherReply(Ending.STOP, text);
  }

  static Reason reason(Parsed<?> parsed) {
    assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
    return ((Parsed.Rejected<?>) parsed).reason();
  }
}
