package org.seedwright.pipelines.teacher;

import org.seedwright.evolve.Message;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * Answers nothing: with it a run lives on the store alone, and a request that the store does not
 * hold is an error that names it.
 */
public final class RecordedTeacher implements Teacher {
  private static final int SHOWN_CHARACTERS = 80;

  private final Terms terms;

  /** A teacher of whose replies nobody knows what they cost. */
  public RecordedTeacher() {
    this(Price.NONE);
  }

  /**
   * A teacher that nothing is paid to.
   *
   * @param price what the recorded replies would have cost
   */
  public RecordedTeacher(Price price) {
    terms = new Terms(Backoff.ONCE, price);
  }

  @Override
  public Terms terms() {
    return terms;
  }

  @Override
  public boolean sends() {
    return false;
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens) throws UnknownRequestException {
    Message last = request.messages().get(request.messages().size() - 1);
    String words = last.content().strip().replaceAll("\\s+", " ");
    throw new UnknownRequestException(
        "no recorded reply of at most %d tokens to request %s (model %s, \"%s\")"
            .formatted(
                maxOutputTokens,
                request.key(),
                request.model(),
                words.substring(0, Math.min(SHOWN_CHARACTERS, words.length()))));
  }
}
