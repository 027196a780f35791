package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.store.TransportFailure;
import org.seedwright.pipelines.teacher.Answer.Answered;
import org.seedwright.pipelines.teacher.Answer.Unanswered;

/**
 * The answer step that all paid stages share. Looks into the store first; journals a call before it
 * is sent; stores the reply before it is used; asks equal questions that are open at the same time
 * once. One object serves a process: its bound on open calls holds over all threads that answer
 * through it.
 *
 * <p>Replies come out in the order of the questions, and calls are sent ahead of the one that is
 * waited for, so that one slow reply does not empty the pipe.
 */
public final class Answering implements AutoCloseable {
  /** Questions taken up ahead of the first open one, as a multiple of the concurrency. */
  private static final int AHEAD = 4;

  private final ResponseStore store;
  private final int concurrency;
  private final ThreadPoolExecutor callers;

  /** What is being asked, by key. */
  private final Map<String, CompletableFuture<Asked>> open = new ConcurrentHashMap<>();

  /** Keys of calls between journal and reply, for {@link #drain}. */
  private final LongAdder sentAndOpen = new LongAdder();

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<Teacher, TeacherException> refusedBy =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private final AtomicReference<RuntimeException> broken = new AtomicReference<>();
  private final Map<String, Long> doubtful = new LinkedHashMap<>();
  private volatile boolean draining;

  private final LongAdder requests = new LongAdder();
  private final LongAdder storeHits = new LongAdder();
  private final LongAdder paidCalls = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder inDoubt = new LongAdder();
  private final LongAdder inputTokens = new LongAdder();
  private final LongAdder outputTokens = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder spentTokens = new LongAdder();
  private final LongAdder spentNanoUsd = new LongAdder();

  /** What became of the open question under a key. */
  private record Asked(int cap, Optional<Reply> reply, boolean bought, Optional<Failure> failure) {
    static Asked stored(int cap, Reply reply) {
      return new Asked(cap, Optional.of(reply), false, Optional.empty());
    }

    static Asked bought(int cap, Reply reply) {
      return new Asked(cap, Optional.of(reply), true, Optional.empty());
    }

    static Asked failed(int cap, FailureKind kind, String message) {
      return new Asked(cap, Optional.empty(), false, Optional.of(new Failure(kind, message)));
    }

    /** Whether another question under the same key needs no call of its own. */
    boolean settles(int otherCap) {
      // What was not sent because its own caller gave up says nothing about another's.
      return reply
          .map(r -> r.serves(otherCap))
          .orElseGet(() -> cap == otherCap && failure.orElseThrow().kind() != FailureKind.NOT_SENT);
    }
  }

  private record Failure(FailureKind kind, String message) {}

  /**
   * @param concurrency most calls open at once in this process, 1 or more
   */
  public Answering(ResponseStore store, int concurrency) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be 1 or more, but was " + concurrency);
    }
    this.store = store;
    this.concurrency = concurrency;
    for (InDoubt call : store.inDoubt()) {
      doubtful.merge(call.key(), 1L, Long::sum);
    }
    this.callers =
        new ThreadPoolExecutor(
            concurrency,
            concurrency,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "teacher-call");
              thread.setDaemon(true);
              return thread;
            });
    callers.allowCoreThreadTimeOut(true);
  }

  /**
   * Answers all questions; hands out every answer in their order.
   *
   * @throws InterruptedException when the caller was interrupted: nothing more is sent for these
   *     questions
   * @throws StoreException when the store failed: nothing more is sent at all
   */
  public void answer(Teacher teacher, Iterator<Question> questions, Consumer<Answer> answers)
      throws InterruptedException {
    var abandoned = new AtomicBoolean();
    var window = new ArrayDeque<Waiting>();
    boolean finished = false;
    try {
      while (questions.hasNext() || !window.isEmpty()) {
        while (questions.hasNext() && window.size() < AHEAD * concurrency) {
          Question question = questions.next();
          requests.increment();
          window.add(new Waiting(question, begin(teacher, question, abandoned)));
        }
        answers.accept(window.remove().await());
      }
      finished = true;
    } finally {
      abandoned.set(!finished);
    }
  }

  /** Answers all questions of a list. */
  public List<Answer> answer(Teacher teacher, List<Question> questions)
      throws InterruptedException {
    var answers = new ArrayList<Answer>(questions.size());
    answer(teacher, questions.iterator(), answers::add);
    return answers;
  }

  private final class Waiting {
    private final Question question;
    private final CompletableFuture<Asked> asked;

    Waiting(Question question, CompletableFuture<Asked> asked) {
      this.question = question;
      this.asked = asked;
    }

    Answer await() throws InterruptedException {
      try {
        return settled(question, asked.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StoreException damage) {
          throw new StoreException(damage.getMessage(), damage);
        }
        throw new IllegalStateException(
            "asking %s failed unexpectedly".formatted(question.label()), e.getCause());
      }
    }
  }

  private Answer settled(Question question, Asked asked) {
    if (asked.reply().isPresent()) {
      Reply reply = asked.reply().get();
      if (!asked.bought()) {
        storeHits.increment();
      }
      return new Answered(question.label(), reply, asked.bought());
    }
    failed.increment();
    Failure failure = asked.failure().orElseThrow();
    return new Unanswered(
        question.label(), question.request().key(), failure.kind(), failure.message());
  }

  private CompletableFuture<Asked> begin(
      Teacher teacher, Question question, AtomicBoolean abandoned) {
    String key = question.request().key();
    int cap = question.maxOutputTokens();
    var mine = new CompletableFuture<Asked>();
    CompletableFuture<Asked> other = open.putIfAbsent(key, mine);
    if (other != null) {
      return other.thenCompose(
          asked ->
              asked.settles(cap)
                  ? CompletableFuture.completedFuture(asked.bought() ? again(asked) : asked)
                  : begin(teacher, question, abandoned));
    }
    try {
      Optional<Reply> stored = store.find(key, cap);
      if (stored.isPresent()) {
        settle(key, mine, Asked.stored(cap, stored.get()));
      } else {
        callers.execute(() -> ask(teacher, question, key, abandoned, mine));
      }
    } catch (RuntimeException e) {
      broken(key, mine, e);
    }
    return mine;
  }

  private static Asked again(Asked bought) {
    return Asked.stored(bought.cap(), bought.reply().orElseThrow());
  }

  private void ask(
      Teacher teacher,
      Question question,
      String key,
      AtomicBoolean abandoned,
      CompletableFuture<Asked> mine) {
    try {
      Optional<Failure> stop = stop(teacher, abandoned);
      settle(
          key,
          mine,
          stop.isPresent()
              ? Asked.failed(question.maxOutputTokens(), stop.get().kind(), stop.get().message())
              : call(teacher, question, key));
    } catch (RuntimeException | Error e) {
      broken(key, mine, e);
    }
  }

  private Optional<Failure> stop(Teacher teacher, AtomicBoolean abandoned) {
    if (draining || abandoned.get()) {
      return Optional.of(new Failure(FailureKind.NOT_SENT, "not sent: the run is stopping"));
    }
    if (broken.get() != null) {
      return Optional.of(
          new Failure(FailureKind.NOT_SENT, "not sent: " + broken.get().getMessage()));
    }
    return Optional.ofNullable(refusedBy.get(teacher))
        .map(
            refusal ->
                new Failure(refusal.kind(), "not sent, after this: " + refusal.getMessage()));
  }

  private Asked call(Teacher teacher, Question question, String key) {
    int cap = question.maxOutputTokens();
    if (!teacher.sends()) {
      try {
        teacher.ask(question.request(), cap);
        throw new IllegalStateException("a teacher that sends nothing brought a reply");
      } catch (TeacherException e) {
        return failed(teacher, question, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Asked.failed(cap, FailureKind.NOT_SENT, question.label() + ": interrupted");
      }
    }
    synchronized (doubtful) {
      // An earlier process may have paid for this very request.
      Long earlier = doubtful.remove(key);
      inDoubt.add(earlier == null ? 0 : earlier);
    }
    for (int attempt = 1; ; attempt++) {
      Optional<Asked> end = attempt(teacher, question, attempt);
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** One try; empty if another may follow. */
  private Optional<Asked> attempt(Teacher teacher, Question question, int attempt) {
    int cap = question.maxOutputTokens();
    TeacherRequest request = question.request();
    Cost worst = teacher.terms().price().worst(request, cap);
    Opening opening = store.open(request, cap, worst, Channel.CALL);
    if (opening instanceof Opening.Answered answered) {
      return Optional.of(Asked.stored(cap, answered.reply()));
    }
    if (!(opening instanceof Opening.Opened opened)) {
      return Optional.of(
          Asked.failed(cap, FailureKind.OVER_BUDGET, question.label() + ": over the budget"));
    }
    sentAndOpen.increment();
    retries.add(attempt > 1 ? 1 : 0);
    try {
      Reply reply = teacher.ask(request, cap);
      paidCalls.increment();
      inputTokens.add(reply.inputTokens());
      outputTokens.add(reply.outputTokens());
      Cost cost = teacher.terms().price().of(request, reply);
      Reply kept = store.stored(opened.call(), reply, cost);
      spend(cost);
      return Optional.of(Asked.bought(cap, kept));
    } catch (TeacherException e) {
      Cost charged = e.mayBeBilled() ? worst : Cost.FREE;
      store.failed(
          opened.call(),
          new TransportFailure(request.key(), attempt, e.kind().id(), e.status(), e.getMessage()),
          charged);
      spend(charged);
      return tryAgain(teacher, e, attempt)
          ? Optional.empty()
          : Optional.of(failed(teacher, question, e));
    } catch (InterruptedException e) {
      // Whether it was answered, and paid for, is unknown: the journal keeps it open.
      Thread.currentThread().interrupt();
      inDoubt.increment();
      return Optional.of(
          Asked.failed(cap, FailureKind.NOT_SENT, question.label() + ": cut off while open"));
    } finally {
      sentAndOpen.decrement();
    }
  }

  private boolean tryAgain(Teacher teacher, TeacherException failure, int attempt) {
    Backoff backoff = teacher.terms().backoff();
    if (!(failure instanceof RetriableTeacherException retriable)
        || attempt >= backoff.attempts()) {
      return false;
    }
    Duration asked = retriable.retryAfter().orElse(Duration.ZERO);
    Duration obeyed = asked.compareTo(backoff.longest()) < 0 ? asked : backoff.longest();
    // Unseeded on purpose: it spreads the load of processes that failed together, and a wait
    // reaches no row.
    long jitter = ThreadLocalRandom.current().nextLong(backoff.bound(attempt).toNanos() + 1);
    try {
      return !stopped.await(obeyed.toNanos() + jitter, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Asked failed(Teacher teacher, Question question, TeacherException e) {
    if (e.kind().stopsAll()) {
      refusedBy.putIfAbsent(teacher, e);
    }
    return Asked.failed(
        question.maxOutputTokens(), e.kind(), question.label() + ": " + e.getMessage());
  }

  private void settle(String key, CompletableFuture<Asked> mine, Asked asked) {
    open.remove(key, mine);
    mine.complete(asked);
  }

  private void broken(String key, CompletableFuture<Asked> mine, Throwable failure) {
    if (failure instanceof RuntimeException known) {
      broken.compareAndSet(null, known);
    }
    open.remove(key, mine);
    mine.completeExceptionally(failure);
  }

  /**
   * Sends nothing new from now on and waits for what is open.
   *
   * @return how many calls are still open: their replies, if they come, may be lost when the
   *     process ends, and the next process finds them in doubt
   */
  public long drain(Duration longest) throws InterruptedException {
    draining = true;
    stopped.countDown();
    long end = System.nanoTime() + longest.toNanos();
    while (!open.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return sentAndOpen.sum();
  }

  /** What was done so far. */
  public AnswerCounts counts() {
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

  private void spend(Cost cost) {
    spentTokens.add(cost.tokens());
    spentNanoUsd.add(cost.nanoUsd());
  }

  /** Cuts off what is still open; it stays in doubt. Does not close the store or the teachers. */
  @Override
  public void close() {
    draining = true;
    stopped.countDown();
    callers.shutdownNow().forEach(Runnable::run);
    boolean interrupted = false;
    try {
      callers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
