package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;

class TeacherRequestTest {
  private static final TeacherRequest REQUEST =
      new TeacherRequest(
          "teacher-1",
          List.of(new Message(Role.SYSTEM, "Be exact."), new Message(Role.USER, "Reverse a list.")),
          new Decoding(Optional.of(0.5), Optional.of(0.9), Optional.of(976L), List.of("END")),
          "text",
          1,
          2);

  @Test
  void everyComponentAtEveryDepthIsPartOfTheKey() throws ReflectiveOperationException {
    Map<String, Object> variants = new TreeMap<>();
    variantsOf(REQUEST, "", variants);

    assertThat(variants.keySet())
        .containsExactlyInAnyOrder(
            "/attempt",
            "/decoding/seed",
            "/decoding/seed (absent)",
            "/decoding/stop[0]",
            "/decoding/stop (longer)",
            "/decoding/temperature",
            "/decoding/temperature (absent)",
            "/decoding/topP",
            "/decoding/topP (absent)",
            "/messages[0]/content",
            "/messages[0]/role",
            "/messages[1]/content",
            "/messages[1]/role",
            "/messages (longer)",
            "/model",
            "/responseFormat",
            "/sampleIndex");
    List<String> keys = new ArrayList<>(List.of(REQUEST.key()));
    variants.values().forEach(variant -> keys.add(((TeacherRequest) variant).key()));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void equalRequestsHaveOneKeyThatIsPinned() {
    var again =
        new TeacherRequest(
            "teacher-1", REQUEST.messages(), REQUEST.decoding(), REQUEST.responseFormat(), 1, 2);
    assertThat(again.key()).isEqualTo(REQUEST.key());
    // Pinned: a changed key makes every stored reply unreachable.
    assertThat(REQUEST.key())
        .isEqualTo("7f750d0b679afda14e0196293e6f6f27e2265b5cff2b519f43aee1e8b791fab9");
  }

  @Test
  void accessIsNoComponent() {
    assertThat(
            Arrays.stream(TeacherRequest.class.getRecordComponents()).map(RecordComponent::getName))
        .containsExactly(
            "model", "messages", "decoding", "responseFormat", "sampleIndex", "attempt");
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(
            () -> new Decoding(Optional.of(2.5), Optional.empty(), Optional.empty(), List.of()))
        .hasMessage("temperature must be 0 to 2, but was 2.5");
    assertThatThrownBy(
            () -> new Decoding(Optional.empty(), Optional.of(0.0), Optional.empty(), List.of()))
        .hasMessage("topP must be above 0 and at most 1, but was 0.0");
    assertThatThrownBy(() -> TeacherRequest.of(" ", REQUEST.messages(), Decoding.greedy()))
        .hasMessage("model must not be blank");
    assertThatThrownBy(() -> TeacherRequest.of("m", List.of(), Decoding.greedy()))
        .hasMessage("a request has at least one message");
  }

  /** Puts one changed request per leaf of the record tree, found by reflection, under its path. */
  private static void variantsOf(Record record, String path, Map<String, Object> variants)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = components[i].getAccessor().invoke(record);
      Map<String, Object> changed = new TreeMap<>();
      changes(value, path + "/" + components[i].getName(), changed);
      for (Map.Entry<String, Object> change : changed.entrySet()) {
        variants.put(change.getKey(), with(record, i, change.getValue()));
      }
    }
  }

  private static void changes(Object value, String path, Map<String, Object> changed)
      throws ReflectiveOperationException {
    if (value instanceof Record nested) {
      variantsOf(nested, path, changed);
    } else if (value instanceof Optional<?> optional) {
      changed.put(path + " (absent)", Optional.empty());
      Map<String, Object> inner = new TreeMap<>();
      changes(optional.orElseThrow(), path, inner);
      inner.forEach((at, variant) -> changed.put(at, Optional.of(variant)));
    } else if (value instanceof List<?> list) {
      var longer = new ArrayList<Object>(list);
      longer.add(list.get(0));
      changed.put(path + " (longer)", longer);
      for (int i = 0; i < list.size(); i++) {
        Map<String, Object> inner = new TreeMap<>();
        changes(list.get(i), "%s[%d]".formatted(path, i), inner);
        for (Map.Entry<String, Object> variant : inner.entrySet()) {
          var replaced = new ArrayList<Object>(list);
          replaced.set(i, variant.getValue());
          changed.put(variant.getKey(), replaced);
        }
      }
    } else if (value instanceof String text) {
      changed.put(path, text + "x");
    } else if (value instanceof Integer number) {
      changed.put(path, number + 10);
    } else if (value instanceof Long number) {
      changed.put(path, number + 1);
    } else if (value instanceof Double number) {
      changed.put(path, number / 2);
    } else if (value instanceof Role role) {
      changed.put(path, role == Role.USER ? Role.ASSISTANT : Role.USER);
    } else {
      throw new AssertionError("the test cannot change " + path);
    }
  }

  private static Object with(Record record, int index, Object value)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = i == index ? value : components[i].getAccessor().invoke(record);
    }
    Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}
