package org.seedwright.decontaminate.near;

/**
 * Compares the members of one bucket ({@link BucketPairs}) by the exact similarity of their sets
 * and gives the edges that connect those that reach the threshold. A pair that is connected by
 * edges of this bucket already is passed over: the components stay what they are, and m rows that
 * are all alike cost some m comparisons and m - 1 edges.
 *
 * <p>Memory: the sets of at most {@code 2 * 32} members, whatever the bucket.
 */
public final class BucketEdges {
  /** Takes an edge, the earlier member first. */
  @FunctionalInterface
  public interface Edge {
    void between(String name, String other);
  }

  /** A tree of union-find; members that left the window leave their trees only, not their sets. */
  private static final class Tree {
    private Tree parent = this;

    Tree root() {
      Tree at = this;
      while (at.parent != at) {
        at.parent = at.parent.parent;
        at = at.parent;
      }
      return at;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Member(String name, long[] set, Tree tree) {}

  private final double threshold;
  private final Edge edges;
  private final BucketPairs<Member> pairs = new BucketPairs<>(this::compare);

  /**
   * An empty bucket.
   *
   * @param threshold least similarity of an edge, above 0 and at most 1
   */
  public BucketEdges(double threshold, Edge edges) {
    this.threshold = threshold;
    this.edges = edges;
  }

  /**
   * Adds the next member; members come in the order of their names.
   *
   * @param set ascending, without repetition
   */
  public void add(String name, long[] set) {
    pairs.add(new Member(name, set, new Tree()));
  }

  /** Forgets the members: the next one begins another bucket. */
  public void clear() {
    pairs.clear();
  }

  private void compare(Member one, Member other) {
    if (!Jaccard.possible(one.set().length, other.set().length, threshold)) {
      return;
    }
    Tree left = one.tree().root();
    Tree right = other.tree().root();
    if (left != right && Jaccard.of(one.set(), other.set()) >= threshold) {
      right.parent = left;
      edges.between(one.name(), other.name());
    }
  }
}
