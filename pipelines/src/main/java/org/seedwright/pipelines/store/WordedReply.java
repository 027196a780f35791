package org.seedwright.pipelines.store;

import org.seedwright.pipelines.table.CanonicalJson;

/**
 * A reply as a database keeps it. Many threads put replies into words; the one that writes for all
 * of them only writes.
 *
 * @param json canonical
 * @param digest {@link Reply#digest}
 */
record WordedReply(Reply reply, String json, String digest) {
  static WordedReply of(Reply reply) {
    String json = CanonicalJson.text(reply);
    return new WordedReply(reply, json, CanonicalJson.digestOfText(json));
  }
}
