/**
 * A small HTTP/1.1 server on one thread that never waits: a thousand connections that are answered
 * after a while cost no thread each, and an answer may be withheld, cut, dripped or reset.
 */
package org.seedwright.pipelines.simulate.http;
