/**
 * What came of programs that were run, durable and reused: an execution is known by the digest of
 * program, tests and limits, and by the environment that it ran in. Runs nothing itself.
 */
package org.seedwright.pipelines.execution;
