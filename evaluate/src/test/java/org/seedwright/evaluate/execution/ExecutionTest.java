package org.seedwright.evaluate.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private static final Program PROGRAM = Program.python("def f(x): return x\n");
  private static final Limits LIMITS = Limits.humanEval();

  @Test
  void equalExecutionsHaveOneKey() {
    assertThat(execution(asserts()).key())
        .isEqualTo(execution(asserts()).key())
        .matches("[0-9a-f]{64}");
  }

  /** Whatever is changed in any record, alone, the key is another one. */
  @Test
  void everyComponentChangesTheKey() throws ReflectiveOperationException {
    for (Tests tests : List.of(asserts(), calls(), runs())) {
      List<String> keys = new ArrayList<>();
      keys.add(execution(tests).key());
      for (Object changed : variants(tests)) {
        keys.add(execution((Tests) changed).key());
      }
      for (Object changed : variants(LIMITS)) {
        keys.add(new Execution(PROGRAM, tests, (Limits) changed, false).key());
      }
      keys.add(new Execution(PROGRAM, tests, LIMITS, true).key());
      keys.add(new Execution(Program.python("pass"), tests, LIMITS, false).key());
      assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThan(8);
    }
  }

  @Test
  void partsDoNotRunIntoEachOther() {
    assertThat(new StdinStdout(List.of(new StdinStdout.Run("ab", "c"))).digest())
        .isNotEqualTo(new StdinStdout(List.of(new StdinStdout.Run("a", "bc"))).digest());
    assertThat(Asserts.mbpp("", List.of("assert a", "assert b")).digest())
        .isNotEqualTo(Asserts.mbpp("", List.of("assert aassert b")).digest());
  }

  @Test
  void loneSurrogatesAreToldApart() {
    assertThat(Content.of("\ud800").digest()).isNotEqualTo(Content.of("\ud801").digest());
  }

  @Test
  void verdictsAreFoundByTheirNames() {
    assertThat(Arrays.stream(Verdict.values()).map(Verdict::id))
        .containsExactly(
            "passed",
            "wrong-answer",
            "raised",
            "crashed",
            "compile-error",
            "timeout",
            "out-of-memory",
            "output-limit",
            "sandbox-unavailable",
            "toolchain-missing");
    assertThat(Arrays.stream(Verdict.values()).map(v -> Verdict.of(v.id())))
        .containsExactly(Verdict.values());
    assertThatThrownBy(() -> Verdict.of("pass")).hasMessage("there is no verdict 'pass'");
  }

  @Test
  void limitsSayTheirRange() {
    assertThatThrownBy(() -> new Limits(0, 1, 0, 1L << 30, 0))
        .hasMessage("limits.programMillis must be 1 to 600000, but was 0");
  }

  @Test
  void aProblemOfMbppPlusIsLookedUpByItsNumberOrFunction() {
    assertThat(InputForm.ofMbppPlus(307)).isEqualTo(InputForm.TUPLE_FIRST);
    assertThat(InputForm.ofMbppPlus(1)).isEqualTo(InputForm.PLAIN);
    assertThat(Oracle.ofMbppPlus("Diff")).isEqualTo(Oracle.AS_SETS);
    assertThat(Oracle.ofMbppPlus("find_zero")).isEqualTo(Oracle.EQUAL);
    assertThat(Oracle.ofHumanEvalPlus("find_zero")).isEqualTo(Oracle.POLYNOMIAL_ROOT);
  }

  private static Execution execution(Tests tests) {
    return new Execution(PROGRAM, tests, LIMITS, false);
  }

  private static Asserts asserts() {
    return new Asserts("import math", List.of("assert f(1) == 1"), Optional.of("f"));
  }

  private static Calls calls() {
    return new Calls(
        "f",
        "def f(x): return x",
        List.of(new Calls.Group("base", Content.of("[[1]]"))),
        0,
        Oracle.EQUAL,
        InputForm.PLAIN);
  }

  private static StdinStdout runs() {
    return new StdinStdout(List.of(new StdinStdout.Run("1\n", "1\n")));
  }

  private static List<Object> variants(Object original) throws ReflectiveOperationException {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Object> variants = new ArrayList<>();
    for (int changed = 0; changed < components.length; changed++) {
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        Object value = components[i].getAccessor().invoke(original);
        values[i] = i == changed ? other(value) : value;
      }
      variants.add(original.getClass().getConstructor(types).newInstance(values));
    }
    return variants;
  }

  private static Object other(Object value) {
    if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Double number) {
      return number + 0.5;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Optional<?>) {
      return Optional.empty();
    } else if (value instanceof Oracle) {
      return Oracle.ANYTHING;
    } else if (value instanceof InputForm) {
      return InputForm.COMPLEX;
    } else if (value instanceof List<?> list) {
      List<Object> longer = new ArrayList<>(list);
      Object first = list.get(0);
      if (first instanceof Calls.Group) {
        longer.add(new Calls.Group("plus", Content.of("[[2]]")));
      } else {
        longer.add(first);
      }
      return longer;
    }
    throw new AssertionError("no other value for " + value);
  }
}
