package org.seedwright.pipelines.performance;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.AnswerCounts;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Backoff;
import org.seedwright.pipelines.teacher.FlowLimits;
import org.seedwright.pipelines.teacher.OpenAiAccess;
import org.seedwright.pipelines.teacher.OpenAiTeacher;
import org.seedwright.pipelines.teacher.Price;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Terms;

/**
 * The whole answer step against a {@link BenchServer} that runs elsewhere: journal, call and reply
 * durable in an SQLite store on disk, asked by two threads as two shards would.
 */
public final class AnswerStepBench {
  private static final int CALLERS = 2;
  private static final double SECOND = 1e9;
  private static final int FIRST_SECONDS = 10;
  private static final String PROMPT = "Write a function that sorts what it is given. ".repeat(20);

  private final List<Long> done = new ArrayList<>();
  private final AtomicLong unanswered = new AtomicLong();
  private String before = "";
  private String after = "";

  private AnswerStepBench() {}

  /** Arguments: base URL, concurrency, calls, ideal calls a second, folder for the store. */
  public static void main(String[] arguments) throws Exception {
    new AnswerStepBench()
        .measure(
            URI.create(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Double.parseDouble(arguments[3]),
            Path.of(arguments[4]));
  }

  private void measure(URI server, int concurrency, int calls, double ideal, Path folder)
      throws Exception {
    Path file = Files.createTempDirectory(folder, "bench").resolve("store.sqlite");
    var terms = new Terms(Backoff.DEFAULT, new Price(BigDecimal.ONE, BigDecimal.ONE));
    var access =
        new OpenAiAccess(
            server, Optional.empty(), Duration.ofMinutes(1), OpenAiAccess.TokenLimit.MAX_TOKENS);
    AnswerCounts counts;
    long began;
    long cpu;
    try (var store = SqliteResponseStore.open(file, "bench", InstantSource.system());
        var answering = new Answering(store, FlowLimits.concurrency(concurrency))) {
      var teacher = new OpenAiTeacher(access, terms, System::getenv);
      var pool = Executors.newFixedThreadPool(CALLERS);
      long cpuBefore = cpu();
      began = System.nanoTime();
      var callers = new ArrayList<Future<?>>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = caller;
        Iterator<Question> questions =
            IntStream.iterate(first, i -> i < calls, i -> i + CALLERS)
                .mapToObj(AnswerStepBench::question)
                .iterator();
        Callable<Void> asking =
            () -> {
              answering.answer(teacher, questions, this::answered);
              return null;
            };
        callers.add(pool.submit(asking));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      cpu = cpu() - cpuBefore;
      counts = answering.counts();
      pool.shutdown();
    }
    report(concurrency, calls, ideal, began, cpu, counts);
  }

  private static Question question(int number) {
    var request =
        TeacherRequest.of(
            "bench",
            List.of(
                new Message(Role.SYSTEM, "Answer."),
                new Message(Role.USER, number + ": " + PROMPT)),
            Decoding.greedy());
    return new Question("bench/" + number, request, 400);
  }

  private synchronized void answered(Answer answer) {
    done.add(System.nanoTime());
    if (answer instanceof Answer.Unanswered) {
      unanswered.incrementAndGet();
    }
    if (done.size() == 2_000) {
      before = resources();
    } else if (done.size() == 20_000) {
      after = resources();
    }
  }

  private static String resources() {
    System.gc();
    var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return String.format(
        Locale.ROOT, "%d handles, %.1f MB heap", system.getOpenFileDescriptorCount(), heap / 1e6);
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void report(
      int concurrency, int calls, double ideal, long began, long cpu, AnswerCounts counts) {
    long end = done.get(done.size() - 1);
    double whole = calls / ((end - began) / SECOND) / ideal;
    long warm = began + (long) (FIRST_SECONDS * SECOND);
    long later = done.stream().filter(time -> time > warm).count();
    String rest =
        end > warm + SECOND
            ? String.format(Locale.ROOT, "%.3f", later / ((end - warm) / SECOND) / ideal)
            : "(over before)";
    System.out.printf(
        Locale.ROOT,
        "seedwright  concurrency %4d  calls %d  ratio %.3f  after 10 s %s  cpu %.2f ms/call"
            + "  refused %.2f%%  unanswered %d%n",
        concurrency,
        calls,
        whole,
        rest,
        cpu / 1e6 / calls,
        100.0 * counts.retries() / (calls + counts.retries()),
        unanswered.get());
    System.out.printf("            at call 2,000: %s; at call 20,000: %s%n", before, after);
  }
}
