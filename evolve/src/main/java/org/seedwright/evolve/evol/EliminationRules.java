package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seedwright.evolve.MarkdownFences;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * The rules of elimination that read the response (WizardLM, arXiv 2304.12244, section 3.2, rules 2
 * and 3): a short response that says sorry shows that the instruction is too hard, and one of
 * punctuation and stop words shows that it makes no sense.
 *
 * <p>"Sorry" is looked for outside code fences: a program that prints the word declines nothing.
 */
public final class EliminationRules implements Serializable {
  /** A response that says sorry is eliminated below this many words; the paper's number. */
  public static final int SORRY_WORDS = 80;

  private static final Pattern SORRY = Pattern.compile("\\bsorry\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}']+");

  /** English function words; the paper names no list. */
  private static final Set<String> STOP_WORDS =
      Set.copyOf(
          List.of(
              ("i me my we our you your he him his she her it its they them their this that these"
                      + " those am is are was were be been being have has had do does did a an the"
                      + " and but if or because as until while of at by for with about against"
                      + " between into through during before after above below to from up down in"
                      + " out on off over under again then once here there when where why how all"
                      + " any both each few more most other some such no nor not only own same so"
                      + " than too very can will just should would could may might must shall now"
                      + " also yet what which who whom")
                  .split(" ", -1)));

  /**
   * Returns why the instruction is eliminated, or nothing where it stays.
   *
   * @param instruction what was asked; no rule reads it, but rules of one's own may
   * @param response what was answered
   */
  public Optional<Parsed.Rejected<String>> check(String instruction, String response) {
    int words = words(response);
    if (words < SORRY_WORDS && SORRY.matcher(MarkdownFences.prose(response)).find()) {
      return Optional.of(
          new Parsed.Rejected<>(
              Reason.SORRY_RESPONSE,
              "the response says sorry in %d words, fewer than %d".formatted(words, SORRY_WORDS)));
    }
    if (NO_WORD
        .splitAsStream(response.toLowerCase(Locale.ROOT))
        .allMatch(word -> word.isEmpty() || STOP_WORDS.contains(word))) {
      return Optional.of(
          new Parsed.Rejected<>(
              Reason.ONLY_STOP_WORDS, "the response is punctuation and stop words only"));
    }
    return Optional.empty();
  }

  private static int words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? 0 : stripped.split("\\s+", -1).length;
  }
}
