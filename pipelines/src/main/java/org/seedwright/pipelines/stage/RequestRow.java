package org.seedwright.pipelines.stage;

import org.seedwright.evolve.Prompt;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * A request of a stage, as rendered.
 *
 * @param id of the row that it was rendered from
 * @param label for people: the stage and the seed at the root
 * @param role teacher's role
 * @param promptId template and version
 * @param promptDigest digest of the messages
 * @param key identity of the request
 * @param request all that can change the answer
 * @param maxOutputTokens cap on the reply
 */
public record RequestRow(
    String id,
    String label,
    String role,
    String promptId,
    String promptDigest,
    String key,
    TeacherRequest request,
    int maxOutputTokens) {

  static RequestRow of(String label, String id, RoleTeacher teacher, Prompt prompt, int attempt) {
    TeacherRequest request =
        new TeacherRequest(
            teacher.model(),
            prompt.messages(),
            teacher.decoding(),
            TeacherRequest.TEXT,
            0,
            attempt);
    return new RequestRow(
        id,
        label,
        teacher.role(),
        prompt.id(),
        Prompts.digest(prompt),
        request.key(),
        request,
        teacher.maxOutputTokens());
  }
}
