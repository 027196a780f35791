package org.seedwright.pipelines.teacher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.ResponseStore.Wish;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.store.TransportFailure;
import org.seedwright.pipelines.teacher.Asked.Failure;

/**
 * The calls of one teacher. Each try goes the same way: journaled with its worst case, let out by
 * the gate, sent, durable, and only then is its slot free; so a kill repeats no more calls than
 * there are slots. What fails and may succeed later waits outside of all this.
 */
final class TeacherCalls implements Lane.Work {
  /** Tries journaled in one write, at most. */
  private static final int LARGEST_BATCH = 512;

  private static final long FIRST_POLL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_POLL = TimeUnit.SECONDS.toNanos(2);

  /** What the calls of all teachers share. */
  static final class Shared {
    final ResponseStore store;
    final FlowLimits limits;
    final Reservations reservations;
    final Semaphore slots;
    final Tally tally = new Tally();
    final AtomicInteger open = new AtomicInteger();

    /** What ends all sending: a store that failed, or a run that stops. */
    final AtomicReference<String> stop = new AtomicReference<>();

    /** Calls that earlier processes left open, by key. */
    private final Map<String, Long> doubtful = new HashMap<>();

    final InstantSource instants;
    final LongUnaryOperator jitter;

    /**
     * @param jitter draws a wait between nothing and a bound, both in nanoseconds
     */
    Shared(
        ResponseStore store, FlowLimits limits, InstantSource instants, LongUnaryOperator jitter) {
      this.store = store;
      this.limits = limits;
      this.reservations = new Reservations(store);
      this.slots = new Semaphore(limits.concurrency());
      this.instants = instants;
      this.jitter = jitter;
      for (InDoubt call : store.inDoubt()) {
        doubtful.merge(call.key(), 1L, Long::sum);
      }
    }

    private void countDoubts(String key) {
      synchronized (doubtful) {
        // An earlier process may have paid for this very request.
        Long earlier = doubtful.remove(key);
        tally.inDoubt.add(earlier == null ? 0 : earlier);
      }
    }
  }

  private final Teacher teacher;
  private final Shared shared;
  private final Settling settling;
  private final Gate gate;
  private final Lane lane;
  private final AtomicReference<Failure> refused = new AtomicReference<>();

  /** Where a question's fate is told. */
  interface Settling {
    void settle(OpenQuestion question, Asked asked);

    /** The store failed, or the code did: everything stops. */
    void broken(OpenQuestion question, Throwable failure);
  }

  TeacherCalls(Teacher teacher, Shared shared, Settling settling) {
    this.teacher = teacher;
    this.shared = shared;
    this.settling = settling;
    int concurrency = shared.limits.concurrency();
    this.gate =
        new Gate(new Flow(shared.limits, teacher.terms().backoff().longest()), System::nanoTime);
    this.lane = new Lane(concurrency, this);
  }

  void submit(OpenQuestion question) {
    lane.submit(question);
  }

  /** Settles a question that waits for its first or next try, which will not come. */
  @Override
  public void unsent(OpenQuestion question) {
    TeacherException last = question.lastFailure;
    settling.settle(
        question,
        failed(
            question,
            last == null
                ? stop(question).orElseGet(() -> notSent("the run is stopping"))
                : new Failure(last.kind(), label(question, last.getMessage()))));
  }

  private Optional<Failure> stop(OpenQuestion question) {
    String all = shared.stop.get();
    if (all != null) {
      return Optional.of(notSent(all));
    }
    if (question.isAbandoned()) {
      return Optional.of(notSent("the run is stopping"));
    }
    return Optional.ofNullable(refused.get())
        .map(by -> new Failure(by.kind(), "not sent, after this: " + by.message()));
  }

  private static Failure notSent(String why) {
    return new Failure(FailureKind.NOT_SENT, "not sent: " + why);
  }

  private static Asked failed(OpenQuestion question, Failure failure) {
    return Asked.failed(question.cap(), failure.kind(), failure.message());
  }

  private static String label(OpenQuestion question, String message) {
    return question.question.label() + ": " + message;
  }

  /** Asks a teacher who sends nothing and says so. */
  private void refuse(OpenQuestion question) throws InterruptedException {
    try {
      teacher.ask(question.question.request(), question.cap());
      throw new IllegalStateException("a teacher that sends nothing brought a reply");
    } catch (TeacherException e) {
      settling.settle(
          question, failed(question, new Failure(e.kind(), label(question, e.getMessage()))));
    }
  }

  /**
   * A question whose next try is to be journaled.
   *
   * @param wish what the store is asked for
   */
  private record Wanted(OpenQuestion question, Wish wish) {}

  /** Journals what is due in one write, as far ahead of what is sent as the gate allows. */
  @Override
  public void journal(OpenQuestion first) throws InterruptedException {
    var batch = new ArrayDeque<Wanted>();
    wanted(first).ifPresent(batch::add);
    if (batch.isEmpty()) {
      return;
    }
    try {
      if (!gate.prepare()) {
        unsent(first);
        return;
      }
    } catch (InterruptedException e) {
      settling.settle(first, failed(first, notSent("interrupted")));
      throw e;
    }
    while (batch.size() < LARGEST_BATCH && gate.prepareNow()) {
      Optional<Wanted> next = nextWanted();
      if (next.isEmpty()) {
        gate.unprepare();
        break;
      }
      batch.add(next.get());
    }
    open(batch);
  }

  private Optional<Wanted> nextWanted() throws InterruptedException {
    Optional<OpenQuestion> due = lane.due();
    while (due.isPresent()) {
      Optional<Wanted> wanted = wanted(due.get());
      if (wanted.isPresent()) {
        return wanted;
      }
      due = lane.due();
    }
    return Optional.empty();
  }

  /** Returns what is to be journaled; settles a question that is not to be sent. */
  private Optional<Wanted> wanted(OpenQuestion question) throws InterruptedException {
    try {
      Optional<Failure> stop = stop(question);
      if (stop.isPresent()) {
        settling.settle(question, failed(question, stop.get()));
        return Optional.empty();
      }
      if (!teacher.sends()) {
        refuse(question);
        return Optional.empty();
      }
      TeacherRequest request = question.question.request();
      Cost worst = teacher.terms().price().worst(request, question.cap());
      if (worst.tokens() > shared.limits.tokensPerMinute().orElse(Long.MAX_VALUE)) {
        tooLarge(question, worst);
        return Optional.empty();
      }
      return Optional.of(new Wanted(question, new Wish(request, question.cap(), worst)));
    } catch (InterruptedException e) {
      settling.settle(question, failed(question, notSent("interrupted")));
      throw e;
    } catch (RuntimeException | Error e) {
      settling.broken(question, e);
      return Optional.empty();
    }
  }

  private void open(ArrayDeque<Wanted> batch) throws InterruptedException {
    try {
      for (Wanted wanted : batch) {
        if (wanted.question.tries == 0) {
          shared.countDoubts(wanted.question.key);
        }
      }
      List<Opening> openings = shared.reservations.open(batch.stream().map(Wanted::wish).toList());
      for (Opening opening : openings) {
        Wanted wanted = batch.remove();
        if (opening instanceof Opening.OverBudget) {
          batch.add(wanted);
        } else {
          opened(wanted, opening);
        }
      }
      // Room may come from what was opened just now, so they come last.
      while (!batch.isEmpty()) {
        Opening opening = shared.reservations.openWithRoom(batch.peek().wish());
        opened(batch.remove(), opening);
      }
    } catch (InterruptedException e) {
      for (Wanted wanted : batch) {
        gate.unprepare();
        settling.settle(wanted.question, failed(wanted.question, notSent("interrupted")));
      }
      throw e;
    } catch (RuntimeException | Error e) {
      for (Wanted wanted : batch) {
        gate.unprepare();
        settling.broken(wanted.question, e);
      }
    }
  }

  private void opened(Wanted wanted, Opening opening) {
    OpenQuestion question = wanted.question;
    Cost worst = wanted.wish.worst();
    if (opening instanceof Opening.Opened opened) {
      lane.send(new Journaled(question, opened.call(), worst));
      return;
    }
    gate.unprepare();
    if (opening instanceof Opening.Answered answered) {
      settling.settle(question, Asked.stored(question.cap(), answered.reply()));
    } else if (opening instanceof Opening.Elsewhere) {
      poll(question);
    } else {
      overBudget(question, (Opening.OverBudget) opening, worst);
    }
  }

  private void tooLarge(OpenQuestion question, Cost worst) {
    String message =
        "may cost up to %d tokens, which limits.tokens-per-minute (%d) does not let through"
            .formatted(worst.tokens(), shared.limits.tokensPerMinute().getAsLong());
    settling.settle(
        question, failed(question, new Failure(FailureKind.BAD_REQUEST, label(question, message))));
  }

  private void poll(OpenQuestion question) {
    long longest = Math.min(LONGEST_POLL, FIRST_POLL << Math.min(question.polls++, 10));
    question.waitFor(longest / 2 + shared.jitter.applyAsLong(longest / 2));
    lane.submit(question);
  }

  private void overBudget(OpenQuestion question, Opening.OverBudget opening, Cost worst) {
    if (shared.stop.get() != null) {
      unsent(question);
      return;
    }
    var failure =
        new Failure(
            FailureKind.OVER_BUDGET,
            label(question, OverBudget.message(shared.store.budget(), opening.account(), worst)));
    settling.settle(question, failed(question, failure));
    stop(failure);
  }

  @Override
  public void send(Journaled journaled) throws InterruptedException {
    OpenQuestion question = journaled.question();
    try {
      if (!sent(journaled)) {
        unsent(question);
      }
    } catch (InterruptedException e) {
      settling.settle(question, failed(question, notSent("interrupted")));
      throw e;
    } catch (RuntimeException | Error e) {
      settling.broken(question, e);
    }
  }

  @Override
  public void unsent(Journaled journaled) {
    try {
      close(journaled.question(), journaled.call(), stoppedFirst(), Cost.FREE);
      unsent(journaled.question());
    } catch (RuntimeException | Error e) {
      settling.broken(journaled.question(), e);
    }
  }

  private boolean sent(Journaled journaled) throws InterruptedException {
    OpenQuestion question = journaled.question();
    Optional<Flow.Slot> slot = Optional.empty();
    boolean sent = false;
    try {
      slot = gate.enter(journaled.worst().tokens());
      if (slot.isPresent()) {
        shared.slots.acquire();
        try {
          if (stop(question).isEmpty()) {
            sent = true;
            ask(question, journaled.call(), journaled.worst(), slot.get());
          }
        } finally {
          shared.slots.release();
        }
      }
    } finally {
      slot.ifPresent(gate::leave);
      if (!sent) {
        // The journal must not say that it may have been paid for.
        close(question, journaled.call(), stoppedFirst(), Cost.FREE);
      }
    }
    return sent;
  }

  private void ask(OpenQuestion question, long call, Cost worst, Flow.Slot slot)
      throws InterruptedException {
    TeacherRequest request = question.question.request();
    question.tries++;
    shared.tally.retries.add(question.tries > 1 ? 1 : 0);
    shared.open.incrementAndGet();
    try {
      Reply reply = teacher.ask(request, question.cap());
      gate.replied(slot, reply.inputTokens() + reply.outputTokens());
      shared.tally.paid(reply);
      Cost cost = teacher.terms().price().of(request, reply);
      Reply kept = shared.store.stored(call, reply, cost);
      shared.tally.spent(cost);
      shared.reservations.close();
      settling.settle(question, Asked.bought(question.cap(), kept));
    } catch (TeacherException e) {
      failed(question, call, worst, slot, e);
    } catch (InterruptedException e) {
      // Whether it was answered, and paid for, is unknown: the journal keeps it open.
      shared.tally.inDoubt.increment();
      settling.settle(
          question,
          Asked.failed(
              question.cap(), FailureKind.NOT_SENT, label(question, "cut off while open")));
      throw e;
    } finally {
      shared.open.decrementAndGet();
    }
  }

  private void failed(
      OpenQuestion question, long call, Cost worst, Flow.Slot slot, TeacherException failure) {
    Optional<Duration> down = gate.failed(slot, failure);
    Cost charged = failure.mayBeBilled() ? worst : Cost.FREE;
    close(question, call, failure, charged);
    shared.tally.spent(charged);
    if (down.isPresent()) {
      var gaveUp = new Failure(FailureKind.PROVIDER_DOWN, down(down.get(), failure));
      settling.settle(question, failed(question, gaveUp));
      stop(gaveUp);
    } else if (mayTryAgain(question, slot, failure)) {
      question.lastFailure = failure;
      // Unseeded on purpose: it spreads the load of processes that failed together, and a wait
      // reaches no row. How long the server asked to be left alone is the gate's.
      question.waitFor(
          shared.jitter.applyAsLong(
              teacher.terms().backoff().bound(Math.max(1, question.failures)).toNanos()));
      lane.submit(question);
    } else {
      var last = new Failure(failure.kind(), label(question, failure.getMessage()));
      settling.settle(question, failed(question, last));
      if (failure.kind().stopsAll()) {
        stop(last);
      }
    }
  }

  private boolean mayTryAgain(OpenQuestion question, Flow.Slot slot, TeacherException failure) {
    // A probe of a teacher that is down says nothing about the question.
    question.failures += slot.isProbe() ? 0 : 1;
    return failure.kind().retriable()
        && question.failures < teacher.terms().backoff().attempts()
        && shared.stop.get() == null;
  }

  private void close(OpenQuestion question, long call, TeacherException failure, Cost charged) {
    shared.store.failed(
        call,
        new TransportFailure(
            question.key,
            Math.max(1, question.tries),
            failure.kind().id(),
            failure.status(),
            failure.getMessage()),
        charged);
    shared.reservations.close();
  }

  private String down(Duration howLong, TeacherException last) {
    Instant since = shared.instants.instant().minus(howLong).truncatedTo(ChronoUnit.SECONDS);
    return "no answer for %d s, since %s; the last try: %s"
        .formatted(howLong.toSeconds(), since, last.getMessage());
  }

  /** Sends nothing more to this teacher. */
  private void stop(Failure failure) {
    refused.compareAndSet(null, failure);
    stop();
  }

  /** Sends nothing more; what is open goes on. */
  void stop() {
    gate.stop();
    lane.stop();
  }

  /** Cuts off what is open. */
  void cutOff(long nanos) throws InterruptedException {
    gate.stop();
    lane.cutOff(teacher::cutOff, nanos);
  }

  private static TeacherException stoppedFirst() {
    return new FinalTeacherException(
        FailureKind.NOT_SENT, OptionalInt.empty(), "not sent: the run stopped first");
  }
}
