package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seedwright.evolve.evol.HeuristicContract.reason;
import static org.seedwright.evolve.evol.HeuristicContract.stop;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;

class EqualityJudgeTest {
  private final EqualityJudge judge = new EqualityJudge();

  @Test
  void thePromptShowsBothInstructions() {
    assertThat(judge.render("Add.", "Add ```x```.").messages().get(0).content())
        .contains("```\nAdd.\n```", "````\nAdd ```x```.\n````");
  }

  @Test
  void equalIsRecognised() {
    for (String text :
        List.of(
            "Equal",
            "**Yes.**",
            "equal.",
            "\"Equal\"",
            "Yes, they are equal.",
            "Equal. Both ask for the same function.",
            "Equal, because no constraint is different.",
            "Verdict: Equal",
            "The two instructions are equal.",
            "Both demand a sum.\nThe second only changes the wording.\n\n**Answer:** Equal",
            "The second instruction only rephrases the first, so they are essentially equal.")) {
      assertThat(judge.parse(stop(text))).as(text).isEqualTo(Parsed.accepted(true));
    }
  }

  @Test
  void notEqualIsRecognised() {
    for (String text :
        List.of(
            "Not Equal",
            "**Not equal.**",
            "No",
            "No, they are not equal.",
            "No - the second one asks for different constraints.",
            "Not equal. The second has an equal number of inputs, and both are the same otherwise.",
            "Not equal, because the inputs are the same but the bound is new.",
            "They are not equal.",
            "They aren’t equal.",
            "The second adds an equal number of tests; hence the two are not quite equal.",
            "The second adds a bound.\n\nNot Equal",
            "<think>Equal?</think>Not equal")) {
      assertThat(judge.parse(stop(text))).as(text).isEqualTo(Parsed.accepted(false));
    }
  }

  @Test
  void whateverElseIsUndecided() {
    for (String text :
        List.of(
            "",
            "Maybe.",
            "No, they are equal.",
            "Yes, they are not equal.",
            "The depth is not equal, though in breadth they are equal.",
            "Both have an equal number of words.",
            "I'm sorry, but I can't compare these.")) {
      assertThat(reason(judge.parse(stop(text)))).as(text).isEqualTo(Reason.EQUALITY_UNDECIDED);
    }
    assertThat(reason(judge.parse(new TeacherReply(Ending.CONTENT_FILTER, "Equal"))))
        .isEqualTo(Reason.EQUALITY_UNDECIDED);
  }

  @Test
  void aVerdictBeforeATruncatedExplanationCounts() {
    assertThat(judge.parse(new TeacherReply(Ending.LENGTH, "Not equal. The second")))
        .isEqualTo(Parsed.accepted(false));
    assertThat(reason(judge.parse(new TeacherReply(Ending.LENGTH, "The first one is equal"))))
        .isEqualTo(Reason.EQUALITY_UNDECIDED);
  }
}
