package org.seedwright.pipelines.stage;

import java.util.Optional;
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
 * @param round of the rows that this is asked for; absent in tables of builds before there were
 *     prices
 * @param heuristic that is put to work, or that made the sample which is answered or judged
 */
public record RequestRow(
    String id,
    String label,
    String role,
    String promptId,
    String promptDigest,
    String key,
    TeacherRequest request,
    int maxOutputTokens,
    Optional<Integer> round,
    Optional<String> heuristic) {

  static RequestRow of(
      String stage,
      String id,
      RoleTeacher teacher,
      Prompt prompt,
      int attempt,
      Asking.Origin origin) {
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
        stage + "/" + origin.rootSeedId(),
        teacher.role(),
        prompt.id(),
        Prompts.digest(prompt),
        request.key(),
        request,
        teacher.maxOutputTokens(),
        Optional.of(origin.round()),
        origin.heuristic());
  }
}
