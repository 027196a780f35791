package org.seedwright.pipelines.store;

import java.util.List;
import java.util.Optional;

/**
 * Replies that were paid for, under the identity of their request, with a journal of what was sent.
 * A method that writes returns when what it wrote is durable: killing the process afterwards loses
 * nothing. Safe for use by many threads.
 *
 * <p>Every method throws {@link StoreException} when the store cannot be read or written, or when
 * what it holds is damaged; a damaged reply is never taken for an absent one, which would buy it
 * again.
 */
public interface ResponseStore extends AutoCloseable {

  /**
   * The reply that serves this request under this cap ({@link Reply#serves}). Of several, the one
   * stored first: what a store answered once it answers always, whatever is added.
   */
  Optional<Reply> find(String key, int maxOutputTokens);

  /** The request behind a key, where it was ever sent or imported. */
  Optional<TeacherRequest> request(String key);

  /**
   * Journals that this request is about to leave. To be called before it does.
   *
   * @return the number of the call, for {@link #stored} or {@link #failed}
   */
  long sent(TeacherRequest request, int maxOutputTokens);

  /**
   * Stores the reply to a call and closes the call, both or neither.
   *
   * @return the reply that stands under this key and cap: another one where another call was stored
   *     first
   */
  Reply stored(long call, Reply reply);

  /** Closes a call that brought no reply and is not tried again. */
  void failed(long call);

  /** Logs one try that brought no reply. */
  void transportFailure(TransportFailure failure);

  /**
   * Adds a reply that was not bought by a call of this store (a recording, another store).
   *
   * @return false where a reply stood under this key and cap already; that one stays
   */
  boolean add(TeacherRequest request, Reply reply);

  /** Calls left open by earlier processes, oldest first. */
  List<InDoubt> inDoubt();

  StoreStats stats();

  @Override
  void close();
}
