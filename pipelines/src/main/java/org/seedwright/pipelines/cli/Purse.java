package org.seedwright.pipelines.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.ResponseStore;

/**
 * What a run has spent and may still spend, over all its processes on one store.
 *
 * @param inDoubt reserved for calls that an earlier process left open
 * @param exported reserved for requests that left in a file
 */
record Purse(Budget budget, Account account, Cost inDoubt, Cost exported) {
  /** What a run may spend that says nothing of it and has nothing spent. */
  static final Purse UNKNOWN = new Purse(Budget.NONE, Account.EMPTY, Cost.FREE, Cost.FREE);

  /** Looks into the account of the run that a store was opened for. */
  static Purse of(ResponseStore store, String run) {
    return new Purse(
        store.budget(), store.account(), sum(store.inDoubt(), run), sum(store.exported(), run));
  }

  /** Looks at the account alone, which takes no time however much is in doubt. */
  static Purse inPassing(ResponseStore store) {
    return new Purse(store.budget(), store.account(), Cost.FREE, Cost.FREE);
  }

  private static Cost sum(List<InDoubt> open, String run) {
    return open.stream()
        .filter(call -> call.run().equals(run))
        .map(InDoubt::worst)
        .reduce(Cost.FREE, Cost::plus);
  }

  /** Returns what is left of the budget in dollars, not below 0; empty for no limit. */
  OptionalLong leftNanoUsd() {
    return left(budget.nanoUsd(), account.committed().nanoUsd());
  }

  /** Returns what is left of the budget in tokens, not below 0; empty for no limit. */
  OptionalLong leftTokens() {
    return left(budget.tokens(), account.committed().tokens());
  }

  private static OptionalLong left(OptionalLong budget, long committed) {
    return budget.isEmpty() ? budget : OptionalLong.of(Math.max(0, budget.getAsLong() - committed));
  }

  /** Returns the end of a progress line; empty where there is nothing to say. */
  String line() {
    var parts = new ArrayList<String>();
    if (budget.nanoUsd().isPresent() || account.committed().nanoUsd() > 0) {
      parts.add(
          "%s USD spent, %s reserved"
                  .formatted(
                      Usd.text(account.spent().nanoUsd()), Usd.text(account.reserved().nanoUsd()))
              + (leftNanoUsd().isPresent()
                  ? ", %s left".formatted(Usd.text(leftNanoUsd().getAsLong()))
                  : ""));
    }
    if (budget.tokens().isPresent()) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%,d tokens spent, %,d reserved, %,d left",
              account.spent().tokens(),
              account.reserved().tokens(),
              leftTokens().getAsLong()));
    }
    return String.join("; ", parts);
  }

  /** Returns the account for people, over all that the run ever asked. */
  String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "account: %s USD and %,d tokens spent",
            Usd.text(account.spent().nanoUsd()),
            account.spent().tokens()));
    reserved(text, "in doubt", inDoubt);
    reserved(text, "reserved for exported requests", exported);
    budget
        .nanoUsd()
        .ifPresent(
            usd ->
                text.append(
                    "; %s of the budget of %s USD left"
                        .formatted(Usd.text(leftNanoUsd().getAsLong()), Usd.text(usd))));
    budget
        .tokens()
        .ifPresent(
            tokens ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "; %,d of the budget of %,d tokens left",
                        leftTokens().getAsLong(),
                        tokens)));
    return text.toString();
  }

  private static void reserved(StringBuilder text, String why, Cost cost) {
    if (!cost.equals(Cost.FREE)) {
      text.append(
          String.format(
              Locale.ROOT,
              ", up to %s USD and %,d tokens %s",
              Usd.text(cost.nanoUsd()),
              cost.tokens(),
              why));
    }
  }

  /** Returns the account for {@code --json}. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("spentUsd", Usd.exact(account.spent().nanoUsd()));
    json.put("spentTokens", account.spent().tokens());
    json.put("inDoubtUsd", Usd.exact(inDoubt.nanoUsd()));
    json.put("inDoubtTokens", inDoubt.tokens());
    json.put("exportedUsd", Usd.exact(exported.nanoUsd()));
    json.put("exportedTokens", exported.tokens());
    budget.nanoUsd().ifPresent(usd -> json.put("budgetUsd", Usd.exact(usd)));
    leftNanoUsd().ifPresent(usd -> json.put("leftUsd", Usd.exact(usd)));
    budget.tokens().ifPresent(tokens -> json.put("budgetTokens", tokens));
    leftTokens().ifPresent(tokens -> json.put("leftTokens", tokens));
    return json;
  }
}
