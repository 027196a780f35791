package org.seedwright.pipelines.workspace;

/**
 * What a stage asked of its teachers when it was computed. Outside fingerprint and content hash:
 * how many replies came from the store depends on what was asked before.
 *
 * @param requests requests of the stage; equal ones count each
 * @param storeHits of these, answered from the store or by an equal one that was open
 * @param paidCalls of these, answered by a provider now
 * @param inDoubt sent by an earlier process that was killed before their reply was stored
 * @param inputTokens tokens of the prompts of the paid calls, as the provider counted them
 * @param outputTokens tokens of their replies
 */
public record TeacherUse(
    long requests,
    long storeHits,
    long paidCalls,
    long inDoubt,
    long inputTokens,
    long outputTokens) {
  /** A stage that asks nobody. */
  public static final TeacherUse NONE = new TeacherUse(0, 0, 0, 0, 0, 0);

  /** Returns the sum of both. */
  public TeacherUse plus(TeacherUse other) {
    return new TeacherUse(
        requests + other.requests,
        storeHits + other.storeHits,
        paidCalls + other.paidCalls,
        inDoubt + other.inDoubt,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens);
  }

  /**
   * Returns the same for a stage of so many requests: what was not paid for came from the store.
   * For processes that count apart, where a request that two of them took up is one all the same.
   */
  public TeacherUse ofRequests(long all) {
    return new TeacherUse(
        all, Math.max(0, all - paidCalls), paidCalls, inDoubt, inputTokens, outputTokens);
  }
}
