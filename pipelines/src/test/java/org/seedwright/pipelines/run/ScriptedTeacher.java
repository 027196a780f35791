package org.seedwright.pipelines.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.FinalTeacherException;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.teacher.TeacherException;

/** Answers by a script, and counts; knows the role by the model's name. */
final class ScriptedTeacher implements Teacher {
  /** What is said to a prompt. */
  @FunctionalInterface
  interface Script {
    String reply(String role, String prompt);
  }

  static final String TEACHERS = teachers(16);

  /** Prompts by role, in the order in which they were received. */
  final Map<String, List<String>> asked = new ConcurrentHashMap<>();

  private final Script script;

  ScriptedTeacher(Script script) {
    this.script = script;
  }

  /** Fails on any request. */
  static Teacher refusing() {
    return (request, maxOutputTokens) -> {
      throw new FinalTeacherException(
          FailureKind.BAD_REQUEST, OptionalInt.empty(), "nobody was to be asked");
    };
  }

  /** A model for each role, so that a request tells its role. */
  static String teachers(int patience) {
    var roles = new StringBuilder("{");
    for (String role : List.of("main", "instruct", "evolve", "respond", "judge")) {
      roles.append(
          "%s: {provider: openai, base-url: 'http://127.0.0.1:1/v1', model: %s, attempts: %d}, "
              .formatted(role, role, patience));
    }
    return roles.append("}").toString().replace(", }", "}");
  }

  int times(String role) {
    return asked.getOrDefault(role, List.of()).size();
  }

  int times() {
    return asked.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens) throws TeacherException {
    String role = request.model();
    String prompt = request.messages().get(request.messages().size() - 1).content();
    asked.computeIfAbsent(role, key -> new CopyOnWriteArrayList<>()).add(prompt);
    String text = script.reply(role, prompt);
    return new Reply(
        request.key(),
        Ending.STOP,
        text,
        Optional.empty(),
        role,
        10,
        10,
        maxOutputTokens,
        Mark.TEACHER);
  }
}
