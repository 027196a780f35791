package org.seedwright.evaluate.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;

/**
 * The file {@code eval_results.json} that EvalPlus 0.3.1 writes, for tools that read it.
 *
 * <p>One difference: failed tests are written as the data set's file has them, where EvalPlus
 * writes what it rebuilt: sets of Mbpp/115 in an order of its own, numbers of Mbpp/124 and 252 as
 * strings of complex numbers.
 */
public final class EvalResults {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                  .build())
          .build();

  private EvalResults() {}

  /**
   * One generation that was run.
   *
   * @param taskId its task
   * @param ordinal which of the task's generations it is
   * @param program the whole program
   * @param outcome what came of it
   */
  public record Entry(String taskId, int ordinal, String program, Outcome outcome) {}

  /**
   * Writes the file; tasks in the benchmark's order, generations by ordinal.
   *
   * @param set tasks of one of EvalPlus's data sets
   * @param hash EvalPlus's digest of the data set
   * @param date when they were run, for readers
   * @param everyTest whether all tests were run, and all that failed are wanted; else only the last
   *     that ran is written, as EvalPlus does
   * @throws IllegalArgumentException if a task is not of EvalPlus's form or the machine failed on
   *     it
   */
  public static void write(
      OutputStream out,
      TaskSet set,
      String hash,
      LocalDateTime date,
      boolean everyTest,
      Collection<Entry> entries)
      throws IOException {
    Map<String, Task> tasks = set.byId();
    Map<String, List<Entry>> byTask = new LinkedHashMap<>();
    for (String id : tasks.keySet()) {
      List<Entry> ofTask =
          entries.stream()
              .filter(entry -> entry.taskId().equals(id))
              .sorted(Comparator.comparingInt(Entry::ordinal))
              .toList();
      if (!ofTask.isEmpty()) {
        byTask.put(id, ofTask);
      }
    }
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("date", DATE.format(date));
      json.writeStringField("hash", hash);
      json.writeObjectFieldStart("eval");
      for (Map.Entry<String, List<Entry>> task : byTask.entrySet()) {
        json.writeArrayFieldStart(task.getKey());
        for (Entry entry : task.getValue()) {
          write(json, calls(tasks.get(task.getKey())), entry, everyTest);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static Calls calls(Task task) {
    if (task.tests() instanceof Calls calls) {
      return calls;
    }
    throw new IllegalArgumentException(
        "eval_results.json is of EvalPlus's data sets, but %s is task %s"
            .formatted(task.problem().benchmark(), task.id()));
  }

  private static void write(JsonGenerator json, Calls calls, Entry entry, boolean everyTest)
      throws IOException {
    if (!entry.outcome().verdict().isOfTheProgram()) {
      throw new IllegalArgumentException(
          "task %s generation %d: %s says nothing of the program"
              .formatted(entry.taskId(), entry.ordinal(), entry.outcome().verdict().id()));
    }
    json.writeStartObject();
    json.writeStringField("task_id", entry.taskId());
    json.writeStringField("solution", entry.program());
    Optional<GroupOutcome> base = group(entry.outcome(), TestSet.BASE_GROUP);
    Optional<GroupOutcome> plus = group(entry.outcome(), TestSet.PLUS_GROUP);
    status(json, "base_status", base);
    status(json, "plus_status", plus);
    failed(json, "base_fail_tests", calls, base, everyTest);
    failed(json, "plus_fail_tests", calls, plus, everyTest);
    json.writeEndObject();
  }

  private static Optional<GroupOutcome> group(Outcome outcome, String name) {
    return outcome.groups().stream().filter(group -> group.group().equals(name)).findFirst();
  }

  private static void status(JsonGenerator json, String key, Optional<GroupOutcome> group)
      throws IOException {
    if (group.isPresent()) {
      json.writeStringField(key, group.get().status());
    } else {
      json.writeNullField(key);
    }
  }

  private static void failed(
      JsonGenerator json, String key, Calls calls, Optional<GroupOutcome> group, boolean everyTest)
      throws IOException {
    json.writeArrayFieldStart(key);
    if (group.isPresent() && !group.get().status().equals("pass")) {
      String tests = group.get().tests().replace("-", "");
      JsonNode inputs = inputs(calls, group.get().group());
      if (everyTest) {
        for (int i = 0; i < tests.length(); i++) {
          if (tests.charAt(i) == '0') {
            json.writeTree(inputs.get(i));
          }
        }
      } else if (!tests.isEmpty()) {
        json.writeTree(inputs.get(tests.length() - 1));
      }
    }
    json.writeEndArray();
  }

  private static JsonNode inputs(Calls calls, String group) throws IOException {
    for (Calls.Group one : calls.groups()) {
      if (one.name().equals(group)) {
        return JSON.readTree(one.inputs().text());
      }
    }
    throw new IllegalArgumentException("there is no group of tests '%s'".formatted(group));
  }
}
