package org.seedwright.pipelines.evaluation;

import java.io.Serializable;

/**
 * What a worker needs to run programs of a benchmark.
 *
 * @param benchmark where the tests are
 * @param sandbox where programs run
 * @param slots how many run at a time in each process, 1 to 1024
 * @param environment digest of the environment of the process that gave the command; a worker with
 *     another one refuses to work
 */
public record WorkbenchSettings(
    BenchmarkPlace benchmark, SandboxKind sandbox, int slots, String environment)
    implements Serializable {}
