package org.seedwright.pipelines.store;

/**
 * A call that an earlier process sent and of which the journal says neither that it was stored nor
 * that it failed. The provider may have been paid for it; it stays in doubt even when the request
 * was answered since.
 *
 * @param call number of the call in the journal
 * @param run the run that sent it
 * @param maxOutputTokens the cap it was sent with
 * @param worst what is reserved for it
 */
public record InDoubt(long call, String key, String run, int maxOutputTokens, Cost worst) {}
