package org.seedwright.pipelines.stage;

import java.util.ArrayList;
import java.util.Optional;
import org.seedwright.evolve.instruct.Sample;

/** Samples as they were but for one thing. */
final class Samples {
  private Samples() {}

  static Sample withCall(Sample sample, ReplyRow reply) {
    return with(sample, sample.response(), reply);
  }

  static Sample withResponse(Sample sample, String response, ReplyRow reply) {
    return with(sample, Optional.of(response), reply);
  }

  private static Sample with(Sample sample, Optional<String> response, ReplyRow reply) {
    var calls = new ArrayList<>(sample.calls());
    calls.add(reply.call());
    return new Sample(
        sample.id(),
        sample.rootSeedId(),
        sample.parentId(),
        sample.branch(),
        sample.round(),
        sample.heuristic(),
        sample.task(),
        sample.language(),
        sample.origin(),
        sample.instruction(),
        response,
        calls,
        sample.mark().and(reply.mark()),
        sample.phase());
  }

  static Sample inPhase(Sample sample, int phase) {
    return new Sample(
        sample.id(),
        sample.rootSeedId(),
        sample.parentId(),
        sample.branch(),
        sample.round(),
        sample.heuristic(),
        sample.task(),
        sample.language(),
        sample.origin(),
        sample.instruction(),
        sample.response(),
        sample.calls(),
        sample.mark(),
        Optional.of(phase));
  }
}
