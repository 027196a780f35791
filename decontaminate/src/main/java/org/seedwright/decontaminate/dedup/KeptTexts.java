package org.seedwright.decontaminate.dedup;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rule that every text of a row must be new: rows are offered one after the other, and one is
 * kept where no row that was kept before it has any of its keys (Magicoder, {@code clean_data.py},
 * with seed, problem and solution as the texts). What a rejected row says is not remembered, so it
 * rejects nobody.
 *
 * <p>Who is kept depends on the order. A row that shares no key with another is always kept and
 * makes no difference, so it need not be offered.
 */
public final class KeptTexts {
  /**
   * Why a row is rejected.
   *
   * @param place of its first key that is not new, from 0
   * @param id of the row that was kept with this key
   */
  public record Taken(int place, String id) {
    public Taken {
      requireNonNull(id, "id is null");
    }
  }

  private final Map<String, String> keptByKey = new HashMap<>();

  /**
   * Keeps the row, or says which of its keys is taken.
   *
   * @param keys of the row's texts, in the order in which they are looked at; keys of different
   *     columns differ
   */
  public Optional<Taken> offer(String id, List<String> keys) {
    for (int place = 0; place < keys.size(); place++) {
      String earlier = keptByKey.get(keys.get(place));
      if (earlier != null) {
        return Optional.of(new Taken(place, earlier));
      }
    }
    keys.forEach(key -> keptByKey.put(key, id));
    return Optional.empty();
  }
}
