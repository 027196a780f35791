package org.seedwright.evolve.evol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

class EliminationRulesTest {
  private final EliminationRules rules = new EliminationRules();

  @Test
  void sorryBelowEightyWordsEliminates() {
    assertThat(reason("Sorry" + " word".repeat(78))).contains(Reason.SORRY_RESPONSE);
    assertThat(reason("I am so sorry.")).contains(Reason.SORRY_RESPONSE);
  }

  @Test
  void sorryInEightyWordsDoesNot() {
    assertThat(reason("Sorry" + " word".repeat(79))).isEmpty();
  }

  @Test
  void aProgramThatPrintsSorryStays() {
    assertThat(reason("Here:\n```python\nprint('Sorry, wrong guess')\n```")).isEmpty();
  }

  @Test
  void punctuationAndStopWordsEliminate() {
    assertThat(reason("The, of -- and (with) it!")).contains(Reason.ONLY_STOP_WORDS);
    assertThat(reason("...")).contains(Reason.ONLY_STOP_WORDS);
    assertThat(reason("```\n```")).contains(Reason.ONLY_STOP_WORDS);
  }

  @Test
  void aShortAnswerStays() {
    assertThat(reason("42")).isEmpty();
    assertThat(reason("是")).isEmpty();
    assertThat(reason("The list.")).isEmpty();
  }

  private Optional<Reason> reason(String response) {
    return rules.check("Add.", response).map(Parsed.Rejected::reason);
  }
}
