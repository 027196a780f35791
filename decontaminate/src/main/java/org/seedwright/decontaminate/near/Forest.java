package org.seedwright.decontaminate.near;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Union-find over 0 to n-1 (Anderson and Woll 1991: wait-free by compare-and-set): what is
 * connected in the end does not depend on the order of unions or on threads. Four bytes an element,
 * no recursion, so that no chain or giant component overflows a stack.
 */
final class Forest {
  private final AtomicIntegerArray parents;

  Forest(int size) {
    parents = new AtomicIntegerArray(size);
    for (int i = 0; i < size; i++) {
      parents.setPlain(i, i);
    }
  }

  /** An element of the component; once no union runs any more, one and the same for all in it. */
  int root(int element) {
    int at = element;
    while (true) {
      int parent = parents.get(at);
      if (parent == at) {
        return at;
      }
      int above = parents.get(parent);
      // Halves the path; a lost race leaves a longer path and nothing wrong.
      parents.compareAndSet(at, parent, above);
      at = parent;
    }
  }

  boolean connected(int one, int other) {
    return root(one) == root(other);
  }

  void union(int one, int other) {
    while (true) {
      int left = root(one);
      int right = root(other);
      if (left == right) {
        return;
      }
      // Roots point to smaller elements only, so that no cycle can arise.
      if (parents.compareAndSet(
          Math.max(left, right), Math.max(left, right), Math.min(left, right))) {
        return;
      }
    }
  }
}
