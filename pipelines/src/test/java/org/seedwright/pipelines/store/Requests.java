package org.seedwright.pipelines.store;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;

/** Requests and replies that tests share. */
public final class Requests {
  private Requests() {}

  public static TeacherRequest request(String question) {
    return TeacherRequest.of(
        "teacher-1",
        List.of(new Message(Role.SYSTEM, "Answer."), new Message(Role.USER, question)),
        Decoding.greedy());
  }

  /** A reply that ended by itself after so many tokens. */
  public static Reply ended(TeacherRequest request, String text, long outputTokens, int cap) {
    return reply(request, Ending.STOP, text, outputTokens, cap);
  }

  /** A reply that was cut at its cap. */
  public static Reply truncated(TeacherRequest request, String text, int cap) {
    return reply(request, Ending.LENGTH, text, cap, cap);
  }

  public static Reply reply(
      TeacherRequest request, Ending ending, String text, long outputTokens, int cap) {
    return new Reply(
        request.key(),
        ending,
        text,
        Optional.empty(),
        "teacher-1-0613",
        17,
        outputTokens,
        cap,
        Mark.TEACHER);
  }
}
