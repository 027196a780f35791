package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.teacher.Answer.Answered;
import org.seedwright.pipelines.teacher.Answer.Unanswered;

/**
 * The answer step that all paid stages share. Looks into the store first; journals a call before it
 * is sent; stores the reply before it is used; asks equal questions that are open at the same time
 * once. One object serves a process: its limits hold over all threads that answer through it.
 *
 * <p>Replies come out in the order of the questions, and calls are sent ahead of the one that is
 * waited for, so that one slow reply does not empty the pipe.
 */
public final class Answering implements AutoCloseable {
  private static final long CUT_OFF_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final TeacherCalls.Shared shared;

  /** What is being asked, by key. */
  private final Map<String, CompletableFuture<Asked>> open = new ConcurrentHashMap<>();

  private final IdentityHashMap<Teacher, TeacherCalls> teachers = new IdentityHashMap<>();

  private final TeacherCalls.Settling settling =
      new TeacherCalls.Settling() {
        @Override
        public void settle(OpenQuestion question, Asked asked) {
          open.remove(question.key, question.asked);
          question.asked.complete(asked);
        }

        @Override
        public void broken(OpenQuestion question, Throwable failure) {
          open.remove(question.key, question.asked);
          question.asked.completeExceptionally(failure);
          stop(failure.getMessage());
        }
      };

  /**
   * Answers under limits.
   *
   * @param limits on what this process sends
   */
  public Answering(ResponseStore store, FlowLimits limits) {
    // Unseeded on purpose: the jitter spreads retries over time and reaches no row.
    this.shared =
        new TeacherCalls.Shared(
            store,
            limits,
            InstantSource.system(),
            bound -> ThreadLocalRandom.current().nextLong(bound + 1));
  }

  /**
   * Answers with no limit but one.
   *
   * @param concurrency most calls open at once in this process, 1 or more
   */
  public Answering(ResponseStore store, int concurrency) {
    this(store, FlowLimits.concurrency(concurrency));
  }

  /**
   * Answers all questions; hands out every answer in their order.
   *
   * @param answers may throw; nothing more is sent for these questions then
   * @throws InterruptedException when the caller was interrupted: nothing more is sent for these
   *     questions
   * @throws StoreException when the store failed: nothing more is sent at all
   */
  public void answer(Teacher teacher, Iterator<Question> questions, Consumer<Answer> answers)
      throws InterruptedException {
    TeacherCalls calls = calls(teacher);
    var window = new Window(shared.limits.concurrency());
    boolean finished = false;
    try {
      while (questions.hasNext() || !window.isEmpty()) {
        while (window.hasRoom() && questions.hasNext()) {
          Question question = questions.next();
          shared.tally.requests.increment();
          window.add(question, begin(calls, question, window.abandoned()));
        }
        window.await(questions.hasNext());
        Optional<Window.Place> first = window.next();
        while (first.isPresent()) {
          answers.accept(answer(first.get()));
          first = window.next();
        }
      }
      finished = true;
    } finally {
      window.abandoned().set(!finished);
    }
  }

  /** Answers all questions of a list. */
  public List<Answer> answer(Teacher teacher, List<Question> questions)
      throws InterruptedException {
    var answers = new ArrayList<Answer>(questions.size());
    answer(teacher, questions.iterator(), answers::add);
    return answers;
  }

  private TeacherCalls calls(Teacher teacher) {
    synchronized (teachers) {
      return teachers.computeIfAbsent(
          teacher, unknown -> new TeacherCalls(unknown, shared, settling));
    }
  }

  private List<TeacherCalls> calls() {
    synchronized (teachers) {
      return List.copyOf(teachers.values());
    }
  }

  private Answer answer(Window.Place place) throws InterruptedException {
    Question question = place.question();
    Asked asked;
    try {
      asked = place.asked().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException damage) {
        throw new StoreException(damage.getMessage(), damage);
      }
      throw new IllegalStateException(
          "asking %s failed unexpectedly".formatted(question.label()), e.getCause());
    }
    if (asked.reply().isPresent()) {
      if (!asked.bought()) {
        shared.tally.storeHits.increment();
      }
      return new Answered(question.label(), asked.reply().get(), asked.bought());
    }
    shared.tally.failed.increment();
    Asked.Failure failure = asked.failure().orElseThrow();
    return new Unanswered(
        question.label(), question.request().key(), failure.kind(), failure.message());
  }

  private CompletableFuture<Asked> begin(
      TeacherCalls calls, Question question, AtomicBoolean abandoned) {
    String key = question.request().key();
    int cap = question.maxOutputTokens();
    var mine = new CompletableFuture<Asked>();
    CompletableFuture<Asked> other = open.putIfAbsent(key, mine);
    if (other != null) {
      return other.thenCompose(
          asked ->
              asked.settles(cap)
                  ? CompletableFuture.completedFuture(asked.again())
                  : begin(calls, question, abandoned));
    }
    var opened = new OpenQuestion(question, key, mine, abandoned, System::nanoTime);
    try {
      Optional<Reply> stored = shared.store.find(key, cap);
      if (stored.isPresent()) {
        settling.settle(opened, Asked.stored(cap, stored.get()));
      } else {
        calls.submit(opened);
      }
    } catch (RuntimeException e) {
      settling.broken(opened, e);
    }
    return mine;
  }

  private void stop(String why) {
    shared.stop.compareAndSet(null, why);
    shared.reservations.stop();
    calls().forEach(TeacherCalls::stop);
  }

  /**
   * Sends nothing new from now on and waits for what is open; what waits to be tried again is not
   * waited for.
   *
   * @return how many calls are still open: their replies, if they come, may be lost when the
   *     process ends, and the next process finds them in doubt
   */
  public long drain(Duration longest) throws InterruptedException {
    stop("the run is stopping");
    long end = System.nanoTime() + longest.toNanos();
    // A question is settled a moment before its call counts as ended.
    while ((!open.isEmpty() || shared.open.get() > 0) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return shared.open.get();
  }

  /** What was done so far. */
  public AnswerCounts counts() {
    return shared.tally.counts();
  }

  /** Cuts off what is still open; it stays in doubt. Does not close the store or the teachers. */
  @Override
  public void close() {
    stop("the run is stopping");
    boolean interrupted = false;
    for (TeacherCalls calls : calls()) {
      try {
        calls.cutOff(CUT_OFF_NANOS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
