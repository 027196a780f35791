package org.seedwright.pipelines.teacher;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;

/** Says why a budget is at its end. */
final class OverBudget {
  private OverBudget() {}

  /**
   * @param account when no call of this process was open: what is reserved is in doubt, in an
   *     exported file, or another process's
   * @param next the worst case that did not fit
   */
  static String message(Budget budget, Account account, Cost next) {
    List<String> ends = new ArrayList<>();
    if (isOver(budget.nanoUsd(), account.committed().nanoUsd(), next.nanoUsd())) {
      ends.add(
          words(
              dollars(budget.nanoUsd().orElseThrow()),
              dollars(account.spent().nanoUsd()),
              dollars(account.reserved().nanoUsd()),
              dollars(next.nanoUsd())));
    }
    if (isOver(budget.tokens(), account.committed().tokens(), next.tokens())) {
      ends.add(
          words(
              tokens(budget.tokens().orElseThrow()),
              tokens(account.spent().tokens()),
              tokens(account.reserved().tokens()),
              tokens(next.tokens())));
    }
    return String.join("; ", ends);
  }

  private static boolean isOver(OptionalLong budget, long committed, long next) {
    return budget.isPresent() && committed + next > budget.getAsLong();
  }

  private static String words(String budget, String spent, String reserved, String next) {
    return "the budget of %s ends here: %s spent, %s reserved for calls in doubt or awaited"
            .formatted(budget, spent, reserved)
        + " elsewhere, and the next request may cost up to %s".formatted(next);
  }

  private static String dollars(long nanoUsd) {
    BigDecimal dollars = BigDecimal.valueOf(nanoUsd, 9).stripTrailingZeros();
    return dollars.setScale(Math.max(2, dollars.scale())).toPlainString() + " USD";
  }

  private static String tokens(long tokens) {
    return tokens + " tokens";
  }
}
