package org.seedwright.pipelines.store;

import org.seedwright.pipelines.store.JsonReading.JsonMistake;

/** Reads what a store holds, and refuses what is not as it was stored. */
final class StoredJson {
  private StoredJson() {}

  /**
   * Reads a stored reply.
   *
   * @param store its name, for the message
   * @param key the key that it stands under
   * @param cap the cap that it stands under
   * @param digest what {@link Reply#digest} was when it was stored
   * @throws StoreException when it does not match key, cap or digest
   */
  static Reply reply(Object store, String key, int cap, String json, String digest) {
    try {
      Reply reply = JsonReading.reply(json);
      if (reply.digest().equals(digest)
          && reply.key().equals(key)
          && reply.maxOutputTokens() == cap) {
        return reply;
      }
    } catch (JsonMistake e) {
      // The same damage, seen earlier.
    }
    throw new StoreException(
        "the response store %s is damaged: the reply to request %s does not match its digest;"
                .formatted(store, key)
            + " restore the store from a copy");
  }

  /**
   * Reads a stored request.
   *
   * @throws StoreException when it does not match its key
   */
  static TeacherRequest request(Object store, String key, String json) {
    try {
      TeacherRequest request = JsonReading.request(JsonReading.object(json), "request");
      if (request.key().equals(key)) {
        return request;
      }
    } catch (JsonMistake e) {
      // The same damage, seen earlier.
    }
    throw new StoreException(
        "the response store %s is damaged: request %s does not match its key"
            .formatted(store, key));
  }

  /** What is said when the journal names other replies than are there. */
  static StoreException missing(Object store, String key, long journaled, int held) {
    return new StoreException(
        "the response store %s is damaged: its journal names %d replies to request %s, but it"
                .formatted(store, journaled, key)
            + " holds %d".formatted(held));
  }
}
