package org.seedwright.pipelines.run;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.LimitsConfig;
import org.seedwright.pipelines.experiment.PriceConfig;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.teacher.Price;

/** What an experiment file says of money, in the units that store and teachers count in. */
public final class Money {
  private static final int NANO_DECIMALS = 9;

  private Money() {}

  /** Returns what the run may spend in all. */
  public static Budget budget(Experiment experiment) {
    LimitsConfig limits = experiment.limits();
    Optional<BigDecimal> usd = limits.budgetUsd();
    return new Budget(
        limits.budgetTokens().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        usd.isPresent() ? OptionalLong.of(nano(usd.get())) : OptionalLong.empty());
  }

  /** Returns what a teacher's tokens cost; nothing where the file does not say. */
  public static Price price(TeacherConfig teacher) {
    return teacher.price().map(Money::price).orElse(Price.NONE);
  }

  private static Price price(PriceConfig price) {
    return new Price(price.input(), price.output());
  }

  private static long nano(BigDecimal usd) {
    return usd.movePointRight(NANO_DECIMALS).longValueExact();
  }
}
