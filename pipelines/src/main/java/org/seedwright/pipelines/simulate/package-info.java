/**
 * A teacher that makes its replies up: a loopback server that speaks the OpenAI protocol, for dry
 * runs, load tests and tests of every rejection. Rows made with it are marked.
 */
package org.seedwright.pipelines.simulate;
