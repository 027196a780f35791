package org.seedwright.pipelines.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.sandbox.SandboxUnavailableException;
import org.seedwright.evaluate.sandbox.Slots;
import org.seedwright.pipelines.execution.Executions;

/**
 * The slots of this process, with the tests of a benchmark and the executions known here: all
 * subtasks of a job that are in one process share one, so that it never runs more programs at a
 * time than it has slots.
 */
public final class Workbench implements AutoCloseable {
  private static final Map<WorkbenchSettings, Workbench> OPEN = new HashMap<>();

  /** Between two shards of a job a worker keeps its slots; classes of a job do not outlive it. */
  private static final int IDLE_SECONDS = 20;

  /** How often an execution is tried anew where the machine failed; each takes a fresh slot. */
  private static final int RETRIES = 2;

  private final WorkbenchSettings settings;
  private final Map<String, Task> tasks;
  private final Slots slots;
  private final Optional<Executions> known;
  private final boolean reuse;
  private final ExecutorService threads;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "idle-slots"));

  /** Each program that runs holds a share; whoever has the whole lets no further one start. */
  private final ReentrantReadWriteLock running = new ReentrantReadWriteLock(true);

  private final AtomicLong executed = new AtomicLong();
  private final AtomicLong reused = new AtomicLong();

  /** These two are guarded by OPEN. */
  private int users;

  private int idle;

  /**
   * What came of an execution.
   *
   * @param reused whether it was known and did not run
   */
  record Done(Outcome outcome, boolean reused) {}

  private Workbench(
      WorkbenchSettings settings,
      TaskSet set,
      Slots slots,
      Optional<Executions> known,
      boolean reuse) {
    this.settings = settings;
    this.tasks = set.byId();
    this.slots = slots;
    this.known = known;
    this.reuse = reuse;
    this.threads =
        Executors.newFixedThreadPool(settings.slots(), task -> thread(task, "execution"));
  }

  private static Thread thread(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Opens the one of the process that gave the command; jobs in this process use it until it is
   * closed.
   *
   * @param slots closed with it
   * @param known where outcomes are kept; stays open
   * @param reuse whether what is known there does not run again
   */
  public static Workbench open(
      BenchmarkPlace benchmark,
      TaskSet set,
      SandboxKind sandbox,
      int count,
      Slots slots,
      Executions known,
      boolean reuse) {
    var settings = new WorkbenchSettings(benchmark, sandbox, count, slots.environment().digest());
    var opened = new Workbench(settings, set, slots, Optional.of(known), reuse);
    synchronized (OPEN) {
      OPEN.put(settings, opened);
    }
    return opened;
  }

  /**
   * The one of this process, to be left once for each time it was entered. On a worker of a cluster
   * the first who enters opens it, and it closes when nobody has been in it for a while.
   *
   * @throws SandboxUnavailableException if there is no slot here, or programs would run with
   *     something else than where the command was given
   */
  static Workbench enter(WorkbenchSettings settings) {
    synchronized (OPEN) {
      Workbench bench = OPEN.computeIfAbsent(settings, Workbench::onAWorker);
      bench.users++;
      return bench;
    }
  }

  /** The one that this process opened, to which jobs elsewhere are no way. */
  static Workbench ofTheCommand(WorkbenchSettings settings) {
    synchronized (OPEN) {
      Workbench bench = OPEN.get(settings);
      if (bench == null) {
        throw new IllegalStateException(
            "this process opened no workbench for %s".formatted(settings));
      }
      return bench;
    }
  }

  /** Leaves it. */
  void leave() {
    synchronized (OPEN) {
      users--;
      if (users == 0 && isOfAWorker()) {
        idle++;
        int mine = idle;
        var unused = clock.schedule(() -> closeIfIdle(mine), IDLE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private void closeIfIdle(int since) {
    synchronized (OPEN) {
      if (users == 0 && idle == since) {
        close();
      }
    }
  }

  private boolean isOfAWorker() {
    return known.isEmpty();
  }

  private static Workbench onAWorker(WorkbenchSettings settings) {
    Slots slots = Slots.of(settings.sandbox().sandbox(), settings.slots());
    if (!slots.environment().digest().equals(settings.environment())) {
      slots.close();
      throw new SandboxUnavailableException(
          "this worker runs programs with %s, which is not what the command's machine runs them with"
              .formatted(slots.environment()));
    }
    return new Workbench(settings, settings.benchmark().read(), slots, Optional.empty(), false);
  }

  /** What other processes need to open the like. */
  public WorkbenchSettings settings() {
    return settings;
  }

  /** How many programs ran, here or for this process. */
  public long executed() {
    return executed.get();
  }

  /** How many outcomes were known here. */
  public long reused() {
    return reused.get();
  }

  Task task(String id) {
    Task task = tasks.get(id);
    if (task == null) {
      throw new IllegalArgumentException("there is no task %s".formatted(id));
    }
    return task;
  }

  /** Which of these need not be run, for workers to know; none where nothing is reused. */
  List<KnownOutcome> knownOf(List<AnswerProgram> answers, boolean everyTest) {
    var rows = new ArrayList<KnownOutcome>();
    var keys = new HashSet<String>();
    if (keeps()) {
      for (AnswerProgram answer : answers) {
        String key = task(answer.taskId()).execution(answer.program(), everyTest).key();
        known
            .flatMap(one -> one.find(key, settings.environment()))
            .filter(outcome -> keys.add(key))
            .ifPresent(outcome -> rows.add(KnownOutcome.of(answer, key, outcome)));
      }
    }
    reused.addAndGet(rows.size());
    return rows;
  }

  /** Keeps what workers came to, as if it had run here. */
  void keep(List<VerdictRow> verdicts, List<ExecutionMeasurement> measurements) {
    Map<String, ExecutionMeasurement> took = new HashMap<>();
    measurements.forEach(one -> took.put(one.id(), one));
    for (VerdictRow row : verdicts) {
      ExecutionMeasurement measurement = took.get(row.id());
      if (measurement.reused()) {
        continue;
      }
      executed.incrementAndGet();
      if (keeps() && row.verdict().isOfTheProgram()) {
        var unused =
            known
                .orElseThrow()
                .store(
                    row.executionKey(),
                    settings.environment(),
                    row.outcome(measurement.measured()));
      }
    }
  }

  /** Runs it as soon as a slot is free. */
  Future<Done> start(Execution execution) {
    return threads.submit(() -> run(execution));
  }

  private Done run(Execution execution) throws InterruptedException {
    running.readLock().lockInterruptibly();
    try {
      return runOrFind(execution);
    } finally {
      running.readLock().unlock();
    }
  }

  private Done runOrFind(Execution execution) throws InterruptedException {
    String key = execution.key();
    if (reuse) {
      Optional<Outcome> before = known.flatMap(one -> one.find(key, settings.environment()));
      if (before.isPresent()) {
        reused.incrementAndGet();
        return new Done(before.get(), true);
      }
    }
    Outcome outcome = slots.run(execution);
    for (int i = 0; i < RETRIES && !outcome.verdict().isOfTheProgram(); i++) {
      outcome = slots.run(execution);
    }
    executed.incrementAndGet();
    if (reuse && known.isPresent() && outcome.verdict().isOfTheProgram()) {
      return new Done(known.get().store(key, settings.environment(), outcome), false);
    }
    return new Done(outcome, false);
  }

  /** Whether what came of programs is kept for later. */
  public boolean keeps() {
    return reuse && known.isPresent();
  }

  /**
   * Lets no further program start, for ever, and awaits those that run. What they came to is kept,
   * as always; those that are too slow are dropped, and their slots ended.
   *
   * @param longest how long they are awaited
   * @return how many were dropped
   */
  public int drain(Duration longest) throws InterruptedException {
    boolean ended = running.writeLock().tryLock(longest.toMillis(), TimeUnit.MILLISECONDS);
    int dropped = ended ? 0 : running.getReadLockCount();
    slots.close();
    return dropped;
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(settings, this);
    }
    clock.shutdownNow();
    threads.shutdownNow();
    slots.close();
  }
}
