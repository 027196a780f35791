package org.seedwright.decontaminate.near;

import java.util.Arrays;

/**
 * Connected components of a graph whose edges come one by one, in any order and any number of
 * times: union-find without recursion, so that neither a chain nor a giant component is a special
 * case. A component is named by the least of its nodes, which no order of edges changes.
 *
 * <p>Nodes are names of 128 bits. Heap: 20 bytes a node and 8 to 16 for the table, while it grows
 * half as much again; at most 2^29 nodes. Edges are not kept.
 */
public final class Components {
  /** Takes a node and the least node of its component. */
  @FunctionalInterface
  public interface Visitor {
    void visit(long high, long low, long leastHigh, long leastLow);
  }

  private long[] names = new long[2 * 64];
  private int[] parents = new int[64];
  private int[] table = new int[256];
  private int count;

  public Components() {
    Arrays.fill(table, -1);
  }

  /** Connects two nodes, which may be new. */
  public void connect(long high, long low, long otherHigh, long otherLow) {
    int one = root(node(high, low));
    int other = root(node(otherHigh, otherLow));
    if (one != other) {
      // The lesser root stays one: then every root is the least node of its component.
      boolean less = compare(one, other) < 0;
      parents[less ? other : one] = less ? one : other;
    }
  }

  /** How many nodes there are. */
  public int nodes() {
    return count;
  }

  /** Visits every node, in the order in which they were named first. */
  public void forEach(Visitor visitor) {
    for (int node = 0; node < count; node++) {
      int root = root(node);
      visitor.visit(names[2 * node], names[2 * node + 1], names[2 * root], names[2 * root + 1]);
    }
  }

  private int root(int element) {
    int at = element;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private int compare(int one, int other) {
    int high = Long.compareUnsigned(names[2 * one], names[2 * other]);
    return high != 0 ? high : Long.compareUnsigned(names[2 * one + 1], names[2 * other + 1]);
  }

  private int node(long high, long low) {
    int slot = slot(high, low);
    while (table[slot] >= 0) {
      int node = table[slot];
      if (names[2 * node] == high && names[2 * node + 1] == low) {
        return node;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    if (count == parents.length) {
      parents = Arrays.copyOf(parents, grown(count));
      names = Arrays.copyOf(names, 2 * parents.length);
    }
    names[2 * count] = high;
    names[2 * count + 1] = low;
    parents[count] = count;
    table[slot] = count++;
    if (2L * count > table.length) {
      widen();
    }
    return count - 1;
  }

  private static int grown(int count) {
    return count + (count >> 1);
  }

  private void widen() {
    if (table.length == 1 << 30) {
      throw new IllegalStateException("more than 2^29 rows have a near-duplicate");
    }
    table = new int[table.length * 2];
    Arrays.fill(table, -1);
    for (int node = 0; node < count; node++) {
      int slot = slot(names[2 * node], names[2 * node + 1]);
      while (table[slot] >= 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = node;
    }
  }

  private int slot(long high, long low) {
    return (int) (Shingles.mix(high ^ Long.rotateLeft(low, 32)) & (table.length - 1));
  }
}
