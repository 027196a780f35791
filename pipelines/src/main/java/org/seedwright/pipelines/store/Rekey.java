package org.seedwright.pipelines.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Carries a recording over to requests that changed, as they do with every word of a prompt. Labels
 * name stage and seed, which do not depend on prompts, so that the old reply is found for the new
 * request; whether it still answers it must be read by a human.
 *
 * @param recording the replies whose label still has a request, under the keys of the new requests
 * @param changed labels whose request changed: replies to read again
 * @param gone labels that have no request any more; their replies are not in the recording
 */
public record Rekey(Recording recording, List<String> changed, List<String> gone) {

  public Rekey {
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
  }

  /**
   * Looks every label up among the new requests.
   *
   * @param requests the new request under a label, where there is one
   */
  public static Rekey of(Recording old, Function<String, Optional<TeacherRequest>> requests) {
    var replies = new ArrayList<RecordedReply>();
    var changed = new TreeSet<String>();
    var gone = new TreeSet<String>();
    for (RecordedReply recorded : old.replies()) {
      Optional<TeacherRequest> request = requests.apply(recorded.label());
      if (request.isEmpty()) {
        gone.add(recorded.label());
      } else if (request.get().equals(recorded.request())) {
        replies.add(recorded);
      } else {
        changed.add(recorded.label());
        replies.add(under(recorded, request.get()));
      }
    }
    return new Rekey(new Recording(replies), List.copyOf(changed), List.copyOf(gone));
  }

  /** Returns a recorded reply as the reply to another request. */
  public static RecordedReply under(RecordedReply recorded, TeacherRequest request) {
    Reply reply = recorded.reply();
    return new RecordedReply(
        recorded.label(),
        request,
        new Reply(
            request.key(),
            reply.ending(),
            reply.text(),
            reply.thinking(),
            reply.servedModel(),
            reply.inputTokens(),
            reply.outputTokens(),
            reply.maxOutputTokens(),
            reply.mark()));
  }
}
