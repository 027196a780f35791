package org.seedwright.pipelines.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replies that were paid for, under the identity of their request, with a journal of what was sent.
 * A method that writes returns when what it wrote is durable: killing the process afterwards loses
 * nothing. Safe for use by many threads. A store is opened for a run with a budget: the account of
 * a run holds all that was ever sent under its name.
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
   * Journals a try at a request, and reserves its worst case in the run's budget, both or neither.
   * To be called before the request leaves.
   *
   * @param worst the most that this try can cost
   */
  Opening open(TeacherRequest request, int maxOutputTokens, Cost worst, Channel channel);

  /**
   * A request that is to be sent.
   *
   * @param worst the most that a try at it can cost
   */
  record Wish(TeacherRequest request, int maxOutputTokens, Cost worst) {}

  /**
   * Journals tries one after the other as {@link #open(TeacherRequest, int, Cost, Channel)} does;
   * each of them fits into the budget or does not. A store may make them durable together.
   *
   * @return what became of each, in their order
   */
  default List<Opening> open(List<Wish> wishes, Channel channel) {
    return wishes.stream()
        .map(wish -> open(wish.request(), wish.maxOutputTokens(), wish.worst(), channel))
        .toList();
  }

  /**
   * Stores the reply to a try, closes the try and replaces its reservation by its cost: all or
   * nothing.
   *
   * @return the reply that stands under this key and cap: another one where another try was stored
   *     first
   * @throws IllegalArgumentException if this try is not open, or was at another request
   */
  Reply stored(long call, Reply reply, Cost cost);

  /**
   * Closes a try that brought no reply, logs why, and replaces its reservation by what the provider
   * may have billed: all or nothing. The request may be opened again.
   *
   * @param charged the try's worst case, unless it is certain that nothing was billed
   * @throws IllegalArgumentException if this try is not open, or was at another request
   */
  void failed(long call, TransportFailure failure, Cost charged);

  /**
   * Adds a reply that was not bought by a call of this store (a recording, another store).
   *
   * @return false where a reply stood under this key and cap already; that one stays
   */
  boolean add(TeacherRequest request, Reply reply);

  /** Tries left open by processes that are gone, oldest first. */
  List<InDoubt> inDoubt();

  /** Requests that left in a file and have neither reply nor failure yet, oldest first. */
  List<InDoubt> exported();

  /** What the run that this store was opened for may spend. */
  Budget budget();

  /** Account of the run that this store was opened for. */
  Account account();

  /** Accounts of all runs that ever asked through this store, by their names in order. */
  Map<String, Account> accounts();

  StoreStats stats();

  @Override
  void close();
}
