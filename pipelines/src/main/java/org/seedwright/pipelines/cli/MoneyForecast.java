package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.run.Forecast;
import org.seedwright.pipelines.run.Money;
import org.seedwright.pipelines.run.TokenEstimate;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.teacher.Price;

/**
 * What the requests of a plan would cost if the store answered none of them and each were sent
 * once, and whether the budget is enough for that.
 *
 * @param expected by the guess of tokens
 * @param worst if every reply ran to its cap and every prompt were reserved as it is before sending
 * @param unpriced roles that are paid at a price which the file does not tell
 * @param account of the run; empty where it is not known
 */
record MoneyForecast(
    Cost expected, Cost worst, List<String> unpriced, Budget budget, Optional<Account> account) {
  /** A reservation counts bytes of a prompt, of which a token has about four. */
  private static final int BYTES_PER_TOKEN = 4;

  /** What a reservation adds to a prompt of two messages. */
  private static final int TEMPLATE_TOKENS = 96;

  /**
   * What one role of a stage is expected to take and to cost.
   *
   * @param unpriced whether it is paid at a price that the file does not tell
   */
  record Line(Forecast.Asked asked, TokenEstimate.Tokens each, Price price, boolean unpriced) {
    static Line of(Experiment experiment, Forecast.Asked asked, TokenEstimate estimate) {
      TeacherConfig teacher = teacher(experiment, asked);
      return new Line(
          asked,
          estimate.of(asked.teacher()),
          teacher.sends() ? Money.price(teacher) : Price.NONE,
          teacher.sends() && teacher.price().isEmpty());
    }

    long inputTokens() {
      return Math.round(each.input() * asked.requests().most());
    }

    long outputTokens() {
      return Math.round(each.output() * asked.requests().most());
    }

    Cost cost() {
      return price.of(inputTokens(), outputTokens());
    }

    Cost worst() {
      long requests = asked.requests().most();
      return price.of(
          requests * (Math.round(each.input() * BYTES_PER_TOKEN) + TEMPLATE_TOKENS),
          requests * asked.teacher().maxOutputTokens());
    }
  }

  private static TeacherConfig teacher(Experiment experiment, Forecast.Asked asked) {
    String id = asked.teacher().role();
    for (TeacherRole role : TeacherRole.values()) {
      if (role.id().equals(id)) {
        return experiment.teacher(role);
      }
    }
    throw new IllegalArgumentException(id + " is no role");
  }

  /**
   * Adds a plan up.
   *
   * @param account of the run, if the store could be read
   */
  static MoneyForecast of(Budget budget, List<Line> lines, Optional<Account> account) {
    Cost expected = Cost.FREE;
    Cost worst = Cost.FREE;
    var unpriced = new ArrayList<String>();
    for (Line line : lines) {
      expected = expected.plus(line.cost());
      worst = worst.plus(line.worst());
      String role = line.asked().teacher().role();
      if (line.unpriced() && !unpriced.contains(role)) {
        unpriced.add(role);
      }
    }
    return new MoneyForecast(expected, worst, unpriced, budget, account);
  }

  /** Returns lines for people. */
  String text() {
    var text = new StringBuilder();
    if (expected.nanoUsd() > 0 || worst.nanoUsd() > 0) {
      text.append(
          "money: about %s USD; %s USD if every reply ran to its cap, retries not counted%n"
              .formatted(Usd.text(expected.nanoUsd()), Usd.text(worst.nanoUsd())));
    }
    if (!unpriced.isEmpty()) {
      text.append(
          "money: no price is given for %s, which counts as nothing here%n"
              .formatted(String.join(", ", unpriced)));
    }
    Account held = account.orElse(Account.EMPTY);
    if (budget.nanoUsd().isPresent()) {
      long all = budget.nanoUsd().getAsLong();
      text.append(
          "budget: %s USD, %s; %s%n"
              .formatted(
                  Usd.text(all),
                  account.isEmpty()
                      ? "what is spent is unknown"
                      : "%s spent, %s reserved"
                          .formatted(
                              Usd.text(held.spent().nanoUsd()),
                              Usd.text(held.reserved().nanoUsd())),
                  enough(all - held.committed().nanoUsd(), expected.nanoUsd(), worst.nanoUsd())));
    }
    if (budget.tokens().isPresent()) {
      long all = budget.tokens().getAsLong();
      text.append(
          String.format(
              Locale.ROOT,
              "budget: %,d tokens, %s; %s%n",
              all,
              account.isEmpty()
                  ? "what is spent is unknown"
                  : String.format(
                      Locale.ROOT,
                      "%,d spent, %,d reserved",
                      held.spent().tokens(),
                      held.reserved().tokens()),
              enough(all - held.committed().tokens(), expected.tokens(), worst.tokens())));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static String enough(long left, long expected, long worst) {
    return worst <= left
        ? "enough for the worst case"
        : expected <= left
            ? "enough for the estimate, not for the worst case"
            : "not enough for the estimate: the run will stop there, and go on with a larger one";
  }

  /** Returns an object for {@code --json}. */
  Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("expectedUsd", Usd.exact(expected.nanoUsd()));
    object.put("worstUsd", Usd.exact(worst.nanoUsd()));
    object.put("expectedTokens", expected.tokens());
    object.put("worstTokens", worst.tokens());
    object.put("unpriced", unpriced);
    budget.nanoUsd().ifPresent(usd -> object.put("budgetUsd", Usd.exact(usd)));
    budget.tokens().ifPresent(tokens -> object.put("budgetTokens", tokens));
    account.ifPresent(
        held -> {
          object.put("spentUsd", Usd.exact(held.spent().nanoUsd()));
          object.put("reservedUsd", Usd.exact(held.reserved().nanoUsd()));
          object.put("spentTokens", held.spent().tokens());
          object.put("reservedTokens", held.reserved().tokens());
          suffices(budget.nanoUsd(), held.committed().nanoUsd(), Cost::nanoUsd, object, "Usd");
          suffices(budget.tokens(), held.committed().tokens(), Cost::tokens, object, "Tokens");
        });
    return object;
  }

  private void suffices(
      OptionalLong all,
      long committed,
      java.util.function.ToLongFunction<Cost> unit,
      Map<String, Object> object,
      String name) {
    if (all.isPresent()) {
      long left = all.getAsLong() - committed;
      object.put("expectedFits" + name, unit.applyAsLong(expected) <= left);
      object.put("worstFits" + name, unit.applyAsLong(worst) <= left);
    }
  }
}
