package org.seedwright.decontaminate.dedup;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows that share a key, in memory: the reference for engines that group the same rows on many
 * machines. Of each cluster the first by {@link Candidate#REPRESENTATIVE_FIRST} stays.
 */
public final class ExactDuplicates {
  private ExactDuplicates() {}

  /**
   * Every row that does not represent its cluster, mapped to the id of the row that does. The order
   * of the candidates does not matter.
   *
   * @throws IllegalArgumentException if two candidates have one id
   */
  public static SortedMap<String, String> duplicateOf(Collection<Candidate> candidates) {
    Set<String> ids = new HashSet<>();
    Map<String, Candidate> representatives = new HashMap<>();
    for (Candidate candidate : candidates) {
      if (!ids.add(candidate.id())) {
        throw new IllegalArgumentException("two rows have the id " + candidate.id());
      }
      representatives.merge(
          candidate.key(),
          candidate,
          (one, other) -> Candidate.REPRESENTATIVE_FIRST.compare(one, other) <= 0 ? one : other);
    }
    SortedMap<String, String> duplicates = new TreeMap<>();
    for (Candidate candidate : candidates) {
      String representative = representatives.get(candidate.key()).id();
      if (!candidate.id().equals(representative)) {
        duplicates.put(candidate.id(), representative);
      }
    }
    return duplicates;
  }
}
