package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** How instructions are made from seeds. */
public record InstructConfig(Method method) {

  public InstructConfig {
    requireNonNull(method, "method is null");
  }

  /** A published way to make instructions. */
  public enum Method implements Word {
    /** A problem inspired by the seed, and its solution, in one reply (Magicoder §2.1). */
    OSS_INSTRUCT("oss-instruct");

    private final String id;

    Method(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static InstructConfig bind(Section section) {
    return new InstructConfig(
        section
            .key("method", "How an instruction is made from a seed.")
            .is(Kinds.word(Method.class))
            .orElse(Method.OSS_INSTRUCT));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("method", method);
    return keys;
  }
}
