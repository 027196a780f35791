package org.seedwright.decontaminate.near;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The pairs of one bucket that are compared. Members come in an order that any machine sees alike
 * (that of their ids); each is paired with the first {@value #REACH} and with the {@value #REACH}
 * before it. So a bucket of up to {@value #SMALL} members has all its pairs compared, and one of m
 * members at most {@code 2 * 32 * m}: a bucket that a template fills with a million rows costs what
 * as many rows cost elsewhere. In such a bucket two rows that resemble each other but none of those
 * 32 may be missed by it; other bands, in which other rows fall together, find most of them.
 *
 * <p>Memory is that of 64 members, whatever the bucket.
 *
 * @param <T> a member
 */
public final class BucketPairs<T> {
  /** How many members from the bucket's beginning, and how many before it, a member meets. */
  public static final int REACH = 32;

  /** Most members of a bucket of which all pairs are compared. */
  public static final int SMALL = 2 * REACH + 1;

  private final BiConsumer<T, T> compare;
  private final List<T> first = new ArrayList<>();
  private final ArrayList<T> before = new ArrayList<>();
  private int next;

  /**
   * An empty bucket.
   *
   * @param compare takes each pair, the earlier member first
   */
  public BucketPairs(BiConsumer<T, T> compare) {
    this.compare = compare;
  }

  /** Adds the next member in order. */
  public void add(T member) {
    first.forEach(other -> compare.accept(other, member));
    if (first.size() < REACH) {
      first.add(member);
      return;
    }
    before.forEach(other -> compare.accept(other, member));
    if (before.size() < REACH) {
      before.add(member);
    } else {
      before.set(next, member);
      next = (next + 1) % REACH;
    }
  }

  /** Forgets the members: the next one begins another bucket. */
  public void clear() {
    first.clear();
    before.clear();
    next = 0;
  }
}
