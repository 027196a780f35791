package org.seedwright.pipelines.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

  /** Opens a try that is free of charge; returns its number. */
  public static long sent(ResponseStore store, TeacherRequest request, int cap) {
    Opening opening = store.open(request, cap, Cost.FREE, Channel.CALL);
    if (opening instanceof Opening.Opened opened) {
      return opened.call();
    }
    throw new AssertionError("not opened: " + opening);
  }

  /** A failure of the first try at a request. */
  public static TransportFailure failure(TeacherRequest request) {
    return new TransportFailure(request.key(), 1, "timeout", OptionalInt.empty(), "too late");
  }
}
