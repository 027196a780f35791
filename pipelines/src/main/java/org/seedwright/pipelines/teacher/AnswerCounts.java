package org.seedwright.pipelines.teacher;

import org.seedwright.pipelines.store.Cost;

/**
 * What an answer step did. {@code requests = storeHits + paidCalls + failed + those still open}.
 *
 * @param requests questions taken up
 * @param storeHits answered without a call: by the store, or by an equal question that was open
 * @param paidCalls answered by a call
 * @param failed left without an answer
 * @param inDoubt calls that may have been paid without a reply: left open by earlier processes for
 *     requests asked again here, and open here when the step was cut off
 * @param inputTokens of paid calls
 * @param outputTokens of paid calls
 * @param retries tries after the first of their question
 * @param spent what replies cost, and failed tries that the provider may have billed
 */
public record AnswerCounts(
    long requests,
    long storeHits,
    long paidCalls,
    long failed,
    long inDoubt,
    long inputTokens,
    long outputTokens,
    long retries,
    Cost spent) {}
