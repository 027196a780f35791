package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Content;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.InputForm;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Oracle;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Program;
import org.seedwright.evaluate.execution.StdinStdout;
import org.seedwright.evaluate.execution.Tests;
import org.seedwright.evaluate.execution.Verdict;

/** What every sandbox does alike with programs that mean no harm. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SandboxContract {
  private static final long MEBIBYTE = 1L << 20;
  private static final Limits LIMITS = new Limits(2_000, 500, 4, 512 * MEBIBYTE, 8 * MEBIBYTE);

  private Slots slots;

  abstract Sandbox sandbox();

  @BeforeAll
  void open() {
    slots = Slots.of(sandbox(), 1);
  }

  @AfterAll
  void close() {
    if (slots != null) {
      slots.close();
    }
  }

  Slots slots() {
    return slots;
  }

  @Test
  void aProgramThatRunsWhenTheSlotsAreClosedComesToNoVerdict() throws Exception {
    Slots closing = Slots.of(sandbox(), 1);
    Execution sleeper =
        new Execution(
            Program.python("import time\ntime.sleep(60)\n"), mbpp("assert True"), LIMITS, false);
    var thread = Executors.newSingleThreadExecutor();
    try {
      Future<Outcome> running = thread.submit(() -> closing.run(sleeper));
      TimeUnit.MILLISECONDS.sleep(300);
      closing.close();
      assertThatThrownBy(running::get).hasRootCauseInstanceOf(IllegalStateException.class);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aRightFunctionPassesAssertsOfBothKinds() {
    Asserts check =
        Asserts.humanEval(
            "def add(a, b):\n    \"\"\"Sum.\"\"\"\n",
            "def check(candidate):\n    assert candidate(1, 2) == 3\n",
            "add");
    assertThat(verdict("def add(a, b):\n    return a + b\n", check)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("def add(a, b):\n    return a + b\n", mbpp("assert add(1, 2) == 3")))
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void whatGoesWrongHasItsVerdict() {
    Tests test = mbpp("assert f(2) == 4");
    assertThat(verdict("def f(x): return 5", test)).isEqualTo(Verdict.WRONG_ANSWER);
    assertThat(verdict("def f(x): return x / 0", test)).isEqualTo(Verdict.RAISED);
    assertThat(verdict("def g(x): return 4", test)).isEqualTo(Verdict.RAISED);
    assertThat(verdict("def f(x): return (", test)).isEqualTo(Verdict.COMPILE_ERROR);
    assertThat(verdict("def f(x):\n  while True: pass", test)).isEqualTo(Verdict.TIMEOUT);
    assertThat(verdict("def f(x): return len('a' * 10**10)", test))
        .isEqualTo(Verdict.OUT_OF_MEMORY);
    assertThat(verdict("import os\ndef f(x): os._exit(0)", test)).isEqualTo(Verdict.CRASHED);
    assertThat(verdict("def f(x):\n  while True: print('x' * 10000)", test))
        .isEqualTo(Verdict.OUTPUT_LIMIT);
    assertThat(verdict("def f(x): return 4", test)).isEqualTo(Verdict.PASSED);
  }

  @Test
  void whoSleepsIsEndedAtTheWallCap() {
    Limits short_ = new Limits(300, 300, 0, 512 * MEBIBYTE, MEBIBYTE);
    Outcome outcome =
        run(
            new Execution(
                Program.python("import time\ndef f(x): time.sleep(1000)"),
                mbpp("assert f(1)"),
                short_,
                false));
    assertThat(outcome.verdict()).isEqualTo(Verdict.TIMEOUT);
    assertThat(outcome.reason()).startsWith("wall time");
  }

  @Test
  void everyTestIsRunWhereAskedFor() {
    Tests tests = mbpp("assert f(1) == 1", "assert f(2) == 0", "assert f(3) == 3");
    Program program = Program.python("def f(x): return x");
    assertThat(run(new Execution(program, tests, LIMITS, false)).groups().get(0).tests())
        .isEqualTo("10-");
    assertThat(run(new Execution(program, tests, LIMITS, true)).groups().get(0).tests())
        .isEqualTo("101");
  }

  @Test
  void argumentsThatWereChangedInPlaceAreSeenByTheTest() {
    assertThat(
            verdict(
                "def f(x):\n    x.append(1)\n",
                mbpp("a = [0]\nf(a)\nassert a == [0, 1]", "b = [0]\nf(b)\nassert len(b) == 2")))
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void aTestMayUseObjectsOfTheProgram() {
    String program =
        """
        class Node:
            def __init__(self, v):
                self.v, self.next = v, None

        def depth(n):
            return 0 if n is None else 1 + depth(n.next)
        """;
    assertThat(
            verdict(
                program,
                Asserts.mbpp(
                    "root = Node(1)\nroot.next = Node(2)", List.of("assert depth(root) == 2"))))
        .isEqualTo(Verdict.PASSED);
  }

  @Test
  void callsAreComparedWithTheReferencesValues() {
    Calls calls =
        new Calls(
            "half",
            "def half(x): return x / 2",
            List.of(
                new Calls.Group("base", Content.of("[[1], [2.5]]")),
                new Calls.Group("plus", Content.of("[[3], [0], [-7]]"))),
            0,
            Oracle.EQUAL,
            InputForm.PLAIN);
    Outcome right = run(execution("def half(x): return x * 0.5", calls));
    assertThat(right.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(right.groups())
        .extracting(g -> g.group() + " " + g.tests() + " " + g.status())
        .containsExactly("base 11 pass", "plus 111 pass");
    Outcome wrong = run(execution("def half(x): return x / 2 if x >= 0 else 0", calls));
    assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG_ANSWER);
    assertThat(wrong.groups())
        .extracting(g -> g.group() + " " + g.tests() + " " + g.status())
        .containsExactly("base 11 pass", "plus 110 fail");
    Outcome gone = run(execution("import os\ndef half(x): os._exit(0)", calls));
    assertThat(gone.verdict()).isEqualTo(Verdict.CRASHED);
    assertThat(gone.groups().get(0).status()).isEqualTo("timeout");
    Outcome slow = run(execution("def half(x):\n  while True: pass", calls));
    assertThat(slow.verdict()).isEqualTo(Verdict.TIMEOUT);
    assertThat(slow.groups().get(0).status()).isEqualTo("fail");
  }

  @Test
  void aRootMustFitTheQuestionAndWhatTheProgramMadeOfIt() {
    Calls roots =
        new Calls(
            "find_zero",
            "def find_zero(xs): return -xs[0] / xs[1]",
            List.of(new Calls.Group("base", Content.of("[[[1, 2]]]"))),
            1e-4,
            Oracle.POLYNOMIAL_ROOT,
            InputForm.PLAIN);
    assertThat(run(execution("def find_zero(xs): return -0.5", roots)).verdict())
        .isEqualTo(Verdict.PASSED);
    String right = "def find_zero(xs):\n    xs.reverse()\n    return -0.5";
    assertThat(run(execution(right, roots)).verdict()).isEqualTo(Verdict.WRONG_ANSWER);
    String easier = "def find_zero(xs):\n    xs[:] = [0, 0]\n    return 7.0";
    assertThat(run(execution(easier, roots)).verdict()).isEqualTo(Verdict.WRONG_ANSWER);
  }

  @Test
  void whatOneSlotMadeOfAReferenceServesTheNext() throws SlotLostException {
    Calls calls =
        new Calls(
            "pair",
            "def pair(x): return (x, 0.1 * x, {x: [x]})",
            List.of(new Calls.Group("base", Content.of("[[1], [2], [3]]"))),
            0,
            Oracle.EQUAL,
            InputForm.PLAIN);
    Preparations preparations = new Preparations();
    for (int slot = 0; slot < 2; slot++) {
      try (Slot fresh = Slot.open(sandbox(), preparations)) {
        assertThat(fresh.run(execution("def pair(x): return (x, x * 0.1, {x: [x]})", calls)))
            .extracting(answer -> answer.outcome().verdict())
            .isEqualTo(Verdict.PASSED);
        assertThat(fresh.run(execution("def pair(x): return [x, 0.1 * x, {x: [x]}]", calls)))
            .extracting(answer -> answer.outcome().verdict())
            .isEqualTo(Verdict.WRONG_ANSWER);
      }
      assertThat(preparations.of(calls.digest())).isPresent();
    }
  }

  @Test
  void aReferenceThatFailsIsNotTheProgramsFault() {
    Calls calls =
        new Calls(
            "f",
            "def f(x): return 1 / x",
            List.of(new Calls.Group("base", Content.of("[[0]]"))),
            0,
            Oracle.EQUAL,
            InputForm.PLAIN);
    Outcome outcome = run(execution("def f(x): return 1", calls));
    assertThat(outcome.verdict()).isEqualTo(Verdict.SANDBOX_UNAVAILABLE);
    assertThat(outcome.reason()).contains("the reference failed").contains("ZeroDivisionError");
  }

  @Test
  void programsAreRunByStdinAndStdout() {
    StdinStdout runs =
        new StdinStdout(
            List.of(new StdinStdout.Run("1 2\n", "3\n"), new StdinStdout.Run("5 6", "11")));
    assertThat(verdict("print(sum(map(int, input().split())))", runs)).isEqualTo(Verdict.PASSED);
    assertThat(verdict("print(sum(map(int, open(0).read().split())), end='  \\n\\n')", runs))
        .isEqualTo(Verdict.PASSED);
    assertThat(verdict("print(3)", runs)).isEqualTo(Verdict.WRONG_ANSWER);
    assertThat(verdict("import sys\nprint(3)\nsys.exit(2)", runs)).isEqualTo(Verdict.RAISED);
    assertThat(verdict("print(", runs)).isEqualTo(Verdict.COMPILE_ERROR);
    assertThat(verdict("while True: print('x' * 10000)", runs)).isEqualTo(Verdict.OUTPUT_LIMIT);
    assertThat(verdict("while True: pass", runs)).isEqualTo(Verdict.TIMEOUT);
  }

  @Test
  void loneSurrogatesArePrintedAndReturned() {
    assertThat(
            verdict(
                "def f(x):\n    print('\\ud800')\n    return '\\ud800'\n",
                mbpp("assert f(1) == '\\ud800'")))
        .isEqualTo(Verdict.PASSED);
    assertThat(verdict("x = '\ud800'\ndef f(x): return 1", mbpp("assert f(1) == 1")))
        .isEqualTo(Verdict.COMPILE_ERROR);
  }

  Verdict verdict(String program, Tests tests) {
    return run(execution(program, tests)).verdict();
  }

  Outcome run(Execution execution) {
    try {
      return slots.run(execution);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Execution execution(String program, Tests tests) {
    return new Execution(Program.python(program), tests, LIMITS, false);
  }

  static Asserts mbpp(String... tests) {
    return new Asserts("", List.of(tests), Optional.empty());
  }
}
