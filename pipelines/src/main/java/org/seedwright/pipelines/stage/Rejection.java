package org.seedwright.pipelines.stage;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.instruct.TeacherCall;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A unit that left here, with the reason and all that it left with.
 *
 * @param id the id that the unit had, or that its row would have had
 * @param kind what the unit is: {@code file}, {@code draw}, {@code request} or {@code row}
 * @param parentId what it was made from
 * @param rootSeedId the seed at the root of its lineage
 * @param round 0 before evolution
 * @param heuristic {@code id@version}
 * @param reason kebab-case id of the leaf's reason
 * @param evidence one sentence, or the id of what decided
 * @param reply the teacher's raw text, where there was one
 * @param calls the replies behind it, oldest first
 * @param row what was rejected, as canonical JSON
 */
public record Rejection(
    String id,
    String kind,
    Optional<String> parentId,
    Optional<String> rootSeedId,
    int round,
    Optional<String> heuristic,
    String reason,
    String evidence,
    Optional<String> reply,
    List<TeacherCall> calls,
    Optional<String> row) {
  /** The table that rejected units are in, in every stage. */
  public static final String TABLE = "rejected";

  public Rejection {
    calls = List.copyOf(calls);
  }

  /** A seed snippet that no instruction was made of. */
  static Rejection ofSeed(
      SeedSnippet seed, String id, String kind, String reason, String evidence) {
    return new Rejection(
        id,
        kind,
        Optional.of(seed.documentId()),
        Optional.of(seed.id()),
        0,
        Optional.empty(),
        reason,
        evidence,
        Optional.empty(),
        List.of(),
        Optional.of(CanonicalJson.text(seed)));
  }

  /** A sample that leaves. */
  static Rejection ofSample(Sample sample, String reason, String evidence) {
    return new Rejection(
        sample.id(),
        "row",
        sample.parentId(),
        Optional.of(sample.rootSeedId()),
        sample.round(),
        sample.heuristic(),
        reason,
        evidence,
        Optional.empty(),
        sample.calls(),
        Optional.of(CanonicalJson.text(sample)));
  }

  /** A child that never came to be. */
  static Rejection ofChild(
      Sample parent, String id, int round, String heuristic, String reason, String evidence) {
    return new Rejection(
        id,
        "request",
        Optional.of(parent.id()),
        Optional.of(parent.rootSeedId()),
        round,
        Optional.of(heuristic),
        reason,
        evidence,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** Returns this rejection with the reply that led to it. */
  Rejection with(ReplyRow reply) {
    var all = new java.util.ArrayList<>(calls);
    all.add(reply.call());
    return new Rejection(
        id,
        kind,
        parentId,
        rootSeedId,
        round,
        heuristic,
        reason,
        evidence,
        Optional.of(reply.text()),
        all,
        row);
  }
}
