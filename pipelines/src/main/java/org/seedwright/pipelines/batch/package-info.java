/** Requests as files for a batch service, and its replies from files: {@code provider: batch}. */
package org.seedwright.pipelines.batch;
