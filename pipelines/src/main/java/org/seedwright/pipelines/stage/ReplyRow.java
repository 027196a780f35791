package org.seedwright.pipelines.stage;

import java.util.Optional;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.TeacherCall;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * The reply to a request of a stage, beside what the request was; from these rows alone a stage is
 * parsed again.
 *
 * @param id of the row that the request was rendered from
 * @param ending how the reply ended
 * @param text the answer
 * @param thinking what the model thought aloud; never parsed
 * @param call what a row keeps of it
 * @param mark what made the reply
 */
public record ReplyRow(
    String id, Ending ending, String text, Optional<String> thinking, TeacherCall call, Mark mark) {

  static ReplyRow of(RequestRow request, Reply reply) {
    return new ReplyRow(
        request.id(),
        reply.ending(),
        reply.text(),
        reply.thinking(),
        new TeacherCall(
            request.role(),
            request.promptId(),
            request.promptDigest(),
            request.key(),
            request.request().model(),
            reply.servedModel(),
            request.request().decoding().temperature(),
            request.request().decoding().topP(),
            CanonicalJson.kebabCase(reply.ending()),
            reply.inputTokens(),
            reply.outputTokens()),
        reply.mark());
  }

  TeacherReply teacherReply() {
    return new TeacherReply(ending, text);
  }
}
