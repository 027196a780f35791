package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.instruct.InstructionGates;
import org.seedwright.pipelines.experiment.InstructConfig.Method;

/**
 * What Self-Instruct shows, asks for and lets through.
 *
 * @param tasks absolute path of the file with the seed tasks
 * @param requests how many prompts are put, 1 to 100,000
 * @param examples seed tasks that a prompt shows, 1 to 50
 * @param perRequest tasks that a prompt asks for, 1 to 50
 * @param maxRougeL the highest ROUGE-L with any other instruction that is let through, 0 to 1
 * @param gates that look at one instruction alone
 * @param language written into the rows
 * @param license SPDX id of the seed tasks
 */
public record SelfInstructConfig(
    Path tasks,
    int requests,
    int examples,
    int perRequest,
    double maxRougeL,
    InstructionGates gates,
    String language,
    Optional<String> license) {

  /** Self-Instruct shows 8 tasks and stops the reply at the 16th. */
  private static final int EXAMPLES = 8;

  private static final double MAX_ROUGE_L = 0.7;

  public SelfInstructConfig {
    requireNonNull(tasks, "tasks is null");
    requireNonNull(gates, "gates is null");
    requireNonNull(language, "language is null");
    requireNonNull(license, "license is null");
  }

  /** Returns the same with fewer requests, each of which it has itself. */
  SelfInstructConfig withRequests(int most) {
    return new SelfInstructConfig(
        tasks, Math.min(requests, most), examples, perRequest, maxRougeL, gates, language, license);
  }

  /** Binds the keys beside the method; nothing where the method is another. */
  static Optional<SelfInstructConfig> bind(Section section, Value<Method> method) {
    Optional<Path> tasks =
        section
            .key("tasks", "JSONL or JSON file of the seed tasks, each with an instruction.")
            .is(Paths.file())
            .requiredWhen(method, Method.SELF_INSTRUCT);
    Optional<Integer> requests =
        section
            .key("requests", "Prompts to put to the teacher.")
            .is(Kinds.integer(1, 100_000))
            .requiredWhen(method, Method.SELF_INSTRUCT);
    Optional<Integer> examples =
        only(method, section, "examples", "Seed tasks that a prompt shows.", Kinds.integer(1, 50));
    Optional<Integer> perRequest =
        only(
            method,
            section,
            "tasks-per-request",
            "Tasks that a prompt asks for.",
            Kinds.integer(1, 50));
    Optional<Double> maxRougeL =
        only(
            method,
            section,
            "max-rouge-l",
            "Highest ROUGE-L with any seed task or earlier instruction that is let through.",
            Kinds.decimal(0, 1));
    Optional<Integer> minWords =
        only(method, section, "min-words", "Fewest words let through.", Kinds.integer(1, 1000));
    Optional<Integer> maxWords =
        only(
            method,
            section,
            "max-words",
            "Most words let through, not fewer than min-words.",
            Kinds.integer(1, 1000));
    Optional<List<String>> blocked =
        only(
            method,
            section,
            "blocked-words",
            "Words and phrases that must not occur; the paper's list where it is not given.",
            Groups.list(Kinds.text(), 0));
    Optional<String> language =
        section
            .key("language", "Language of the tasks, written into the rows.")
            .is(Kinds.idOf("language", section.vocabulary().languages()))
            .requiredWhen(method, Method.SELF_INSTRUCT);
    Optional<String> license =
        only(
            method,
            section,
            "license",
            "SPDX id of the seed tasks, written into the rows.",
            Kinds.text());
    for (String key : List.of("tasks", "requests", "language")) {
      refuseWithoutMethod(method, section, key);
    }
    if (method.read().isEmpty() || method.read().get() != Method.SELF_INSTRUCT) {
      return Optional.empty();
    }
    int least = minWords.orElse(InstructionGates.MIN_WORDS);
    int most = maxWords.orElse(InstructionGates.MAX_WORDS);
    if (least > most) {
      section
          .field(maxWords.isPresent() ? "max-words" : "min-words")
          .ifPresent(
              field ->
                  field
                      .place()
                      .refuse(
                          Shown.value(field.value()),
                          "min-words at most max-words",
                          "contradicts the other bound: min-words is %d and max-words %d"
                              .formatted(least, most)));
    }
    return Optional.of(
        new SelfInstructConfig(
            tasks.orElse(Path.of("/")),
            requests.orElse(1),
            examples.orElse(EXAMPLES),
            perRequest.orElse(EXAMPLES),
            maxRougeL.orElse(MAX_ROUGE_L),
            new InstructionGates(
                Math.min(least, most), most, blocked.orElse(InstructionGates.BLOCKED_WORDS)),
            language.orElse(""),
            license));
  }

  private static <T> Optional<T> only(
      Value<Method> method, Section section, String key, String description, Kind<T> kind) {
    Optional<T> value =
        section.key(key, description).is(kind).onlyWhen(method, Method.SELF_INSTRUCT);
    refuseWithoutMethod(method, section, key);
    return value;
  }

  /** Where no method is given it is another one. */
  private static void refuseWithoutMethod(Value<Method> method, Section section, String key) {
    if (method.given().isEmpty()) {
      section
          .field(key)
          .ifPresent(
              field ->
                  field
                      .place()
                      .refuse(
                          Shown.value(field.value()),
                          "only with method: self-instruct",
                          "is only with method: self-instruct"));
    }
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("tasks", tasks.toString());
    keys.put("requests", requests);
    keys.put("examples", examples);
    keys.put("tasks-per-request", perRequest);
    keys.put("max-rouge-l", maxRougeL);
    keys.put("min-words", gates.minWords());
    keys.put("max-words", gates.maxWords());
    keys.put("blocked-words", gates.blockedWords());
    keys.put("language", language);
    keys.put("license", license);
    return keys;
  }
}
