package org.seedwright.evolve.instruct;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

/**
 * The gates of Self-Instruct that look at one instruction alone (arXiv 2212.10560, section 2.3, and
 * bootstrap_instructions.py): its length in words, words of tasks that a text model cannot do, and
 * how it begins.
 *
 * @param minWords fewest words, 1 or more; words are separated by white space
 * @param maxWords most words, not fewer than {@code minWords}
 * @param blockedWords words or phrases that must not occur, whole and in any case
 */
public record InstructionGates(int minWords, int maxWords, List<String> blockedWords)
    implements Serializable {
  /** The method keeps what has more than 3 words and at most 150. */
  public static final int MIN_WORDS = 4;

  public static final int MAX_WORDS = 150;

  /** The method's list: pictures, drawings, files and maps, which a text model cannot see. */
  public static final List<String> BLOCKED_WORDS =
      List.of(
          "image",
          "images",
          "graph",
          "graphs",
          "picture",
          "pictures",
          "file",
          "files",
          "map",
          "maps",
          "draw",
          "plot",
          "go to");

  private static final Pattern PROGRAM =
      Pattern.compile("write\\s+a\\s+program\\b", Pattern.CASE_INSENSITIVE);

  public InstructionGates {
    blockedWords = List.copyOf(blockedWords);
    if (minWords < 1 || maxWords < minWords) {
      throw new IllegalArgumentException(
          "words must be 1 <= min <= max, but were %d and %d".formatted(minWords, maxWords));
    }
  }

  /** Returns why an instruction is kept out, or nothing. The first gate that fails is named. */
  public Optional<Parsed.Rejected<String>> check(String instruction) {
    String text = instruction.strip();
    int words = text.isEmpty() ? 0 : text.split("\\s+", -1).length;
    if (words < minWords) {
      return rejected(
          Reason.TOO_FEW_WORDS, "it has %d words, fewer than %d".formatted(words, minWords));
    }
    if (words > maxWords) {
      return rejected(
          Reason.TOO_MANY_WORDS, "it has %d words, more than %d".formatted(words, maxWords));
    }
    Matcher blocked = blocked().matcher(text);
    if (!blockedWords.isEmpty() && blocked.find()) {
      return rejected(Reason.BLOCKED_WORD, "it holds '%s'".formatted(blocked.group()));
    }
    if (PROGRAM.matcher(text).lookingAt()) {
      return rejected(Reason.BLOCKED_START, "it begins with 'write a program'");
    }
    int first = text.codePointAt(0);
    if (first > 127 || !Character.isLetterOrDigit(first)) {
      return rejected(
          Reason.BLOCKED_START,
          first > 127 ? "it begins outside ASCII" : "it begins with punctuation");
    }
    return Optional.empty();
  }

  private Pattern blocked() {
    // Whole words: no letter or digit may follow or come before, also beyond ASCII.
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}_])(?:"
            + blockedWords.stream().map(Pattern::quote).collect(joining("|"))
            + ")(?![\\p{L}\\p{N}_])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static Optional<Parsed.Rejected<String>> rejected(Reason reason, String evidence) {
    return Optional.of(new Parsed.Rejected<>(reason, evidence));
  }
}
