package org.seedwright.pipelines.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.instruct.TeacherCall;

/** Samples as they were but for one thing. */
final class Samples {
  private Samples() {}

  static Sample withCall(Sample sample, ReplyRow reply) {
    return with(sample, sample.response(), reply);
  }

  static Sample withResponse(Sample sample, String response, ReplyRow reply) {
    return with(sample, Optional.of(response), reply);
  }

  static Sample inPhase(Sample sample, int phase) {
    return changed(sample, sample.response(), sample.calls(), sample.mark(), Optional.of(phase));
  }

  private static Sample with(Sample sample, Optional<String> response, ReplyRow reply) {
    var calls = new ArrayList<>(sample.calls());
    calls.add(reply.call());
    return changed(sample, response, calls, sample.mark().and(reply.mark()), sample.phase());
  }

  private static Sample changed(
      Sample sample,
      Optional<String> response,
      List<TeacherCall> calls,
      Mark mark,
      Optional<Integer> phase) {
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
        mark,
        phase);
  }
}
