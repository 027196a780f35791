package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognises the words of a prompt in a reply: any {@value #RUN} of its words in a row, whatever
 * the case and the punctuation between them.
 */
final class Wording implements Serializable {
  /** Words in a row that two texts hardly share by chance. */
  static final int RUN = 6;

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Set<String> runs;

  Wording(String... texts) {
    runs = new HashSet<>();
    for (String text : texts) {
      runs.addAll(runs(text));
    }
  }

  /** Returns the first run of this wording in {@code text} that is not in {@code allowed}. */
  Optional<String> firstIn(String text, String allowed) {
    List<String> found = runs(text);
    found.removeIf(run -> !runs.contains(run));
    if (!found.isEmpty()) {
      found.removeAll(new HashSet<>(runs(allowed)));
    }
    return found.stream().findFirst();
  }

  private static List<String> runs(String text) {
    List<String> words = new ArrayList<>();
    for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    List<String> runs = new ArrayList<>();
    for (int i = 0; i + RUN <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + RUN)));
    }
    return runs;
  }
}
