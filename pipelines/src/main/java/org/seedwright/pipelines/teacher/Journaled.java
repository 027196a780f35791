package org.seedwright.pipelines.teacher;

import org.seedwright.pipelines.store.Cost;

/**
 * A try that is in the journal and has not left.
 *
 * @param call its line in the journal
 * @param worst what is reserved for it
 */
record Journaled(OpenQuestion question, long call, Cost worst) {}
