package org.seedwright.pipelines.teacher;

import java.util.concurrent.atomic.LongAdder;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.Reply;

/** Counts what an answer step does, over all its threads. */
final class Tally {
  final LongAdder requests = new LongAdder();
  final LongAdder storeHits = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder inDoubt = new LongAdder();
  final LongAdder retries = new LongAdder();
  private final LongAdder paidCalls = new LongAdder();
  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private final LongAdder spentTokens = new LongAdder();
  private final LongAdder spentNanoUsd = new LongAdder();

  void paid(Reply reply) {
    paidCalls.increment();
    inputTokens.add(reply.inputTokens());
    outputTokens.add(reply.outputTokens());
  }

  void spent(Cost cost) {
    spentTokens.add(cost.tokens());
    spentNanoUsd.add(cost.nanoUsd());
  }

  AnswerCounts counts() {
    return new AnswerCounts(
        requests.sum(),
        storeHits.sum(),
        paidCalls.sum(),
        failed.sum(),
        inDoubt.sum(),
        inputTokens.sum(),
        outputTokens.sum(),
        retries.sum(),
        new Cost(spentTokens.sum(), spentNanoUsd.sum()));
  }
}
