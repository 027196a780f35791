package org.seedwright.pipelines.teacher;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/** A teacher inside the process: echoes after a while, or fails as a test wants. */
final class FakeTeacher implements Teacher {
  /** What a test wants to happen at the n-th ask of a question, from 1. */
  interface Behaviour {
    void at(int n, String question) throws TeacherException, InterruptedException;
  }

  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final Behaviour behaviour;
  private final Terms terms;

  FakeTeacher(Behaviour behaviour) {
    this(Terms.ONCE, behaviour);
  }

  FakeTeacher(Terms terms, Behaviour behaviour) {
    this.terms = terms;
    this.behaviour = behaviour;
  }

  @Override
  public Terms terms() {
    return terms;
  }

  static TeacherException failure(FailureKind kind) {
    return kind.retriable()
        ? new RetriableTeacherException(kind, OptionalInt.of(500), "because", Optional.empty())
        : new FinalTeacherException(kind, OptionalInt.of(400), "because");
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens)
      throws TeacherException, InterruptedException {
    String question = request.messages().get(1).content();
    asked.add(question);
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try {
      behaviour.at(times.merge(question, 1, Integer::sum), question);
    } finally {
      open.decrementAndGet();
    }
    return new Reply(
        request.key(),
        Ending.STOP,
        "echo " + question,
        Optional.empty(),
        "fake",
        2,
        3,
        maxOutputTokens,
        Mark.TEACHER);
  }

  int mostOpen() {
    return mostOpen.get();
  }
}
