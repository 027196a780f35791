/**
 * What a teacher was asked and what it answered, durable before it is used: requests with their
 * identity, replies, the journal of what was sent, and recordings that can be read in a diff. Knows
 * no provider.
 */
package org.seedwright.pipelines.store;
