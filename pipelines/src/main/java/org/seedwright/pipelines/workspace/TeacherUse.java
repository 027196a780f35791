package org.seedwright.pipelines.workspace;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a stage asked of its teachers when it was computed. Outside fingerprint and content hash:
 * how many replies came from the store depends on what was asked before.
 *
 * <p>Paid is what this computation paid. What an earlier attempt paid, which was stopped or killed,
 * is in the store as replies and in the account of its run; the replies' cost has it again.
 *
 * @param requests requests of the stage; equal ones count each
 * @param storeHits of these, answered from the store or by an equal one that was open
 * @param paidCalls of these, answered by a provider now
 * @param inDoubt sent by an earlier process that was killed before their reply was stored
 * @param inputTokens tokens of the prompts of the paid calls, as the provider counted them
 * @param outputTokens tokens of their replies
 * @param retries tries after the first of their request
 * @param paidNanoUsd what the paid calls cost, in billionths of a dollar; 0 where no price is known
 * @param failedNanoUsd what tries may have cost that brought no reply
 * @param repliesNanoUsd what all replies behind the rows cost at the prices of this run, whoever
 *     paid for them and when
 * @param spend the same by role, round and heuristic, in that order
 */
public record TeacherUse(
    long requests,
    long storeHits,
    long paidCalls,
    long inDoubt,
    long inputTokens,
    long outputTokens,
    long retries,
    long paidNanoUsd,
    long failedNanoUsd,
    long repliesNanoUsd,
    List<Spend> spend) {
  // Before NONE, whose constructor sorts by it.
  private static final Comparator<Spend> BY_SUBJECT =
      Comparator.comparing(Spend::role)
          .thenComparingInt(Spend::round)
          .thenComparing(Spend::heuristic);

  /** A stage that asks nobody. */
  public static final TeacherUse NONE = new TeacherUse(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  public TeacherUse {
    Map<Spend.Subject, Spend> sums = new LinkedHashMap<>();
    spend.forEach(line -> sums.merge(line.subject(), line, Spend::plus));
    spend = sums.values().stream().sorted(BY_SUBJECT).toList();
  }

  /** Returns what this computation cost: paid calls, and tries that may have been billed. */
  public long costNanoUsd() {
    return paidNanoUsd + failedNanoUsd;
  }

  /** Returns the sum of both. */
  public TeacherUse plus(TeacherUse other) {
    return new TeacherUse(
        requests + other.requests,
        storeHits + other.storeHits,
        paidCalls + other.paidCalls,
        inDoubt + other.inDoubt,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        retries + other.retries,
        paidNanoUsd + other.paidNanoUsd,
        failedNanoUsd + other.failedNanoUsd,
        repliesNanoUsd + other.repliesNanoUsd,
        Stream.concat(spend.stream(), other.spend.stream()).toList());
  }

  /**
   * Returns the same for a stage of so many requests: what was not paid for came from the store.
   * For processes that count apart, where a request that two of them took up is one all the same.
   */
  public TeacherUse ofRequests(long all) {
    return new TeacherUse(
        all,
        Math.max(0, all - paidCalls),
        paidCalls,
        inDoubt,
        inputTokens,
        outputTokens,
        retries,
        paidNanoUsd,
        failedNanoUsd,
        repliesNanoUsd,
        spend);
  }

  /**
   * Returns the same of which it is known what the replies cost; what the computation cost more was
   * for tries that brought none.
   */
  public TeacherUse withSpend(List<Spend> lines) {
    long paid = lines.stream().mapToLong(Spend::paidNanoUsd).sum();
    return new TeacherUse(
        requests,
        storeHits,
        paidCalls,
        inDoubt,
        inputTokens,
        outputTokens,
        retries,
        paid,
        Math.max(0, costNanoUsd() - paid),
        lines.stream().mapToLong(Spend::repliesNanoUsd).sum(),
        lines);
  }
}
