package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How instructions are made.
 *
 * @param selfInstruct there with that method only
 */
public record InstructConfig(Method method, Optional<SelfInstructConfig> selfInstruct) {

  public InstructConfig {
    requireNonNull(method, "method is null");
    if (selfInstruct.isPresent() != (method == Method.SELF_INSTRUCT)) {
      throw new IllegalArgumentException("instruct.method and its keys do not fit");
    }
  }

  /** A published way to make instructions. */
  public enum Method implements Word {
    /** A problem inspired by the seed, and its solution, in one reply (Magicoder §2.1). */
    OSS_INSTRUCT("oss-instruct"),
    /** Tasks that go on with a list of seed tasks, and gates among them (Self-Instruct §2). */
    SELF_INSTRUCT("self-instruct");

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
    Value<Method> method =
        section.key("method", "How an instruction is made.").is(Kinds.word(Method.class));
    Optional<SelfInstructConfig> selfInstruct = SelfInstructConfig.bind(section, method);
    return new InstructConfig(method.orElse(Method.OSS_INSTRUCT), selfInstruct);
  }

  /** Returns whether instructions are made of source code. */
  public boolean needsSources() {
    return method == Method.OSS_INSTRUCT;
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("method", method);
    selfInstruct.ifPresent(config -> keys.putAll(config.resolved()));
    return keys;
  }
}
