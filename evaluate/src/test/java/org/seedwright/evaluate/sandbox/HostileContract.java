package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Content;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Oracle;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Program;
import org.seedwright.evaluate.execution.Tests;
import org.seedwright.evaluate.execution.Verdict;

/**
 * Programs that cheat, break out or break down: the files of {@code hostile}, whose second line
 * names the verdicts that are right. Each is so written that it passes exactly if it reached what
 * it is after. After each the same slot judges a right program and finds no process and no file
 * left.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HostileContract {
  private static final long MEBIBYTE = 1L << 20;
  private static final Limits LIMITS = limits(1_000);
  private static final Pattern VERDICTS = Pattern.compile("(?m)^# verdict: (.+)$");

  /** For programs that wait for the end of their time whatever it is. */
  private static final Pattern LIMIT = Pattern.compile("(?m)^# limit: (\\d+) ms$");

  /** Programs that run at a time, each in a slot of its own. */
  private static final int SLOTS = 2;

  private static final Asserts ASSERTS =
      Asserts.humanEval(
          "def add(a, b):\n    \"\"\"Sum.\"\"\"\n",
          """
          def check(candidate):
              assert candidate(2, 3) == 5
              assert abs(candidate(10, -4) - 6) < 1
              assert candidate(123456789, 987654321) == 1111111110
          """,
          "add");

  private static final Calls CALLS =
      new Calls(
          "add",
          "def add(a, b): return a + b",
          // So many that the judge lets replies gather.
          List.of(
              new Calls.Group(
                  "base",
                  Content.of(
                      "[[2, 3], [10, -4], [123456789, 987654321]%s]"
                          .formatted(", [7, 8]".repeat(20))))),
          0,
          Oracle.EQUAL,
          InputForm.PLAIN);

  /** The manager, three fork servers, the child and its judge, and what starts them. */
  private static final int PROCESSES = 9;

  private static final String LOOK =
      """
      import os

      def look(unused):
          return [len([p for p in os.listdir("/proc") if p.isdigit()]), os.listdir("/box")]
      """;

  private static final Asserts NOTHING_LEFT =
      new Asserts(
          "",
          List.of(
              "seen = look(0)\nassert seen[0] <= %d and seen[1] == [], seen".formatted(PROCESSES)),
          Optional.of("look"));

  private final BlockingQueue<Slots> idle = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(SLOTS);
  private ServerSocket server;
  private Path secret;

  abstract Sandbox sandbox(SandboxSettings settings);

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    secret = Files.writeString(folder.resolve("secret"), "the secret");
    SandboxSettings settings = SandboxSettings.standard().withMemoryBytes(1024 * MEBIBYTE);
    for (int i = 0; i < SLOTS; i++) {
      idle.add(Slots.of(sandbox(settings), 1));
    }
  }

  @AfterAll
  void close() throws IOException {
    threads.shutdownNow();
    idle.forEach(Slots::close);
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> noneOfThemPassesOrLeavesAnything() throws Exception {
    List<Path> programs = programs();
    assertThat(programs).hasSizeGreaterThan(45);
    return programs.stream()
        .flatMap(
            program ->
                Stream.of(
                    begun(name(program) + ", asserts", program, ASSERTS),
                    begun(name(program) + ", calls", program, CALLS)))
        .toList()
        .stream();
  }

  /** Has its turn when a slot is free; the test waits for what comes of it. */
  private DynamicTest begun(String name, Path program, Tests tests) {
    Future<?> end =
        threads.submit(
            () -> {
              Slots slots = idle.take();
              try {
                judge(name, slots, program, tests);
              } finally {
                idle.add(slots);
              }
              return null;
            });
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            end.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  private void judge(String name, Slots slots, Path program, Tests tests) throws Exception {
    String text =
        Files.readString(program)
            .replace("@PORT@", Integer.toString(server.getLocalPort()))
            .replace("@SECRET_FILE@", secret.toString())
            .replace("@SECRET_NAME@", "JAVA_HOME");
    Matcher verdicts = VERDICTS.matcher(text);
    assertThat(verdicts.find()).isTrue();
    List<Verdict> right =
        Arrays.stream(verdicts.group(1).strip().split("\\s+")).map(Verdict::of).toList();
    Matcher limit = LIMIT.matcher(text);
    Outcome outcome =
        run(slots, text, tests, limit.find() ? limits(Long.parseLong(limit.group(1))) : LIMITS);
    assertThat(outcome.verdict())
        .as("%s: %s", name, outcome.reason())
        .isIn(right)
        .isNotEqualTo(Verdict.PASSED);
    Outcome next = run(slots, "def add(a, b): return a + b", tests, LIMITS);
    assertThat(next.verdict())
        .as("the one after %s: %s", name, next.reason())
        .isEqualTo(Verdict.PASSED);
    Outcome look = run(slots, LOOK, NOTHING_LEFT, LIMITS);
    assertThat(look.verdict())
        .as("what %s left: %s", name, look.reason())
        .isEqualTo(Verdict.PASSED);
  }

  private static Outcome run(Slots slots, String program, Tests tests, Limits limits)
      throws InterruptedException {
    return slots.run(new Execution(Program.python(program), tests, limits, false));
  }

  private static Limits limits(long millis) {
    return new Limits(millis, millis, 0, 512 * MEBIBYTE, 8 * MEBIBYTE);
  }

  private static String name(Path program) {
    return program.getFileName().toString().replace(".py", "");
  }

  private static List<Path> programs() throws URISyntaxException, IOException {
    Path folder = Path.of(HostileContract.class.getResource("hostile").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".py")).sorted().toList();
    }
  }
}
