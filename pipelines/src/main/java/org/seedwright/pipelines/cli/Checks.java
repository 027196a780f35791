package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.seedwright.evaluate.benchmark.Benchmark;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.DataFile;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.engine.EngineException;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.store.TeacherRequest;

/** What a run needs of a machine, each thing tried and not only looked for. */
final class Checks {
  /** The oldest Java that the classes are for, and the newest that Beam and Flink are used on. */
  private static final int OLDEST_JAVA = 17;

  private static final int NEWEST_JAVA = 21;

  /** What the embedded engine needs to start at all, in bytes. */
  private static final long LEAST_HEAP = 256L << 20;

  private static final long LEAST_DISK = 500L << 20;

  /** What the jobs of {@link #engine} found, since nothing else comes back from a pipeline. */
  private static final AtomicLong SUM = new AtomicLong();

  private final WorkspaceFiles files;
  private final Optional<Path> data;
  private final RunnerChecks runners;

  Checks(WorkspaceFiles files, Optional<Path> data, RunnerChecks runners) {
    this.files = files;
    this.data = data;
    this.runners = runners;
  }

  List<Check> all() throws InterruptedException {
    var checks = new ArrayList<Check>();
    checks.add(java());
    checks.add(Check.ok("cores", Integer.toString(Runtime.getRuntime().availableProcessors())));
    checks.add(memory());
    checks.add(disk("workspace", existing(files.folder())));
    checks.add(disk("tmp", Path.of(System.getProperty("java.io.tmpdir"))));
    checks.add(store());
    checks.add(engine());
    checks.add(benchmarks());
    checks.add(program("git", "needed for sources of kind: git only"));
    checks.add(program("python3", "needed for --sandbox none only"));
    checks.addAll(runners.all());
    checks.addAll(SandboxChecks.all());
    return checks;
  }

  private static Check check(String name, Check.State state, String found) {
    return new Check(name, state, found, Optional.empty());
  }

  private static Check java() {
    int feature = Runtime.version().feature();
    boolean fits = feature >= OLDEST_JAVA && feature <= NEWEST_JAVA;
    return check(
        "java",
        fits ? Check.State.OK : Check.State.PROBLEM,
        "%s, %s%s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor", "unknown vendor"),
                fits ? "" : "; it must be %d to %d".formatted(OLDEST_JAVA, NEWEST_JAVA)));
  }

  private static Check memory() {
    long heap = Runtime.getRuntime().maxMemory();
    return check(
        "memory",
        heap >= LEAST_HEAP ? Check.State.OK : Check.State.PROBLEM,
        "heap of at most %s%s"
            .formatted(
                Sizes.bytes(heap),
                heap >= LEAST_HEAP ? "" : "; it must be %s".formatted(Sizes.bytes(LEAST_HEAP))));
  }

  /** The folder, or the nearest one above it that is there. */
  private static Path existing(Path folder) {
    Path there = folder;
    while (!Files.isDirectory(there)) {
      there = there.getParent();
    }
    return there;
  }

  private static Check disk(String name, Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return check(
          name,
          free >= LEAST_DISK ? Check.State.OK : Check.State.PROBLEM,
          "%s free at %s".formatted(Sizes.bytes(free), folder));
    } catch (IOException e) {
      return Check.problem(name, "cannot be read: " + e.getMessage());
    }
  }

  /** Makes a store where the workspace is or would be, writes, reads back, removes it. */
  private Check store() {
    long start = System.nanoTime();
    Path above = existing(files.folder());
    try {
      Path folder = Files.createTempDirectory(above, ".doctor-");
      try (var store = Stores.open(folder.resolve("doctor.sqlite"), "doctor")) {
        var request =
            TeacherRequest.of(
                "doctor", List.of(new Message(Role.USER, "question")), Decoding.greedy());
        store.add(
            request,
            new Reply(
                request.key(),
                Ending.STOP,
                "answer",
                Optional.empty(),
                "doctor",
                1,
                1,
                1,
                Mark.DEMONSTRATION));
        boolean there = store.find(request.key(), 1).isPresent();
        return check(
            "store",
            there ? Check.State.OK : Check.State.PROBLEM,
            there
                ? "SQLite wrote, synced and read a reply in %s, %s".formatted(above, seconds(start))
                : "SQLite lost a reply in " + above);
      } finally {
        remove(folder);
      }
    } catch (IOException | StoreException e) {
      return Check.problem("store", "no store can be made in %s: %s".formatted(above, said(e)));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Starts the local engine and has it add numbers up, with a shuffle. */
  private static Check engine() {
    long start = System.nanoTime();
    int cores = Runtime.getRuntime().availableProcessors();
    try (var engine = new LocalEngine(cores)) {
      SUM.set(0);
      Pipeline pipeline = Pipeline.create(engine.options("doctor"));
      pipeline
          .apply("Numbers", Create.of(1, 2, 3, 4))
          .apply("Sum", Sum.integersGlobally())
          .apply("Tell", ParDo.of(new Tell()))
          .setCoder(VarIntCoder.of());
      engine.run(pipeline);
      boolean right = SUM.get() == 10;
      return check(
          "engine",
          right ? Check.State.OK : Check.State.PROBLEM,
          right
              ? "local: started and ran a job at parallelism %d, %s"
                  .formatted(cores, seconds(start))
              : "local: a job ran and computed %d instead of 10".formatted(SUM.get()));
    } catch (EngineException e) {
      return Check.problem("engine", "local: " + said(e));
    }
  }

  private static final class Tell extends DoFn<Integer, Integer> {
    @ProcessElement
    public void tell(@Element Integer sum) {
      SUM.addAndGet(sum);
    }
  }

  private Check benchmarks() {
    if (data.isEmpty()) {
      return Check.note(
              "benchmarks",
              DataFolder.VARIABLE
                  + " is not set and nothing was fetched; needed to decontaminate against a benchmark"
                  + " by name")
          .curedBy("./seedwright benchmarks fetch --all");
    }
    if (!Files.isDirectory(data.get())) {
      return Check.problem(
          "benchmarks", "%s is %s, which is no folder".formatted(DataFolder.VARIABLE, data.get()));
    }
    Set<String> absent = new LinkedHashSet<>();
    Set<String> changed = new LinkedHashSet<>();
    int complete = 0;
    for (Benchmark benchmark : Benchmarks.all()) {
      DataFile file = benchmark.file();
      Path path = file.in(data.get());
      if (!Files.isRegularFile(path)) {
        absent.add(benchmark.id());
      } else if (isPinned(path, file)) {
        complete++;
      } else {
        changed.add(benchmark.id());
      }
    }
    return check(
        "benchmarks",
        !changed.isEmpty()
            ? Check.State.PROBLEM
            : absent.isEmpty() ? Check.State.OK : Check.State.NOTE,
        "%d of %d complete in %s%s%s"
            .formatted(
                complete,
                Benchmarks.all().size(),
                data.get(),
                absent.isEmpty() ? "" : "; absent: " + String.join(", ", absent),
                changed.isEmpty()
                    ? ""
                    : "; not the pinned content: " + String.join(", ", changed)));
  }

  private static boolean isPinned(Path path, DataFile file) {
    try {
      return file.isPinned(Files.readAllBytes(path));
    } catch (IOException e) {
      return false;
    }
  }

  private static Check program(String name, String need) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(name, "--version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      try (var out = process.inputReader()) {
        String first = out.readLine();
        if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return Check.note(name, "%s; %s".formatted(first, need));
        }
        process.destroyForcibly();
        return Check.note(name, "there, but does not answer; " + need);
      }
    } catch (IOException e) {
      return Check.note(name, "not found; " + need);
    }
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }

  static String said(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
