package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.PromptFile;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.ReplyText;
import org.seedwright.evolve.TeacherReply;

/**
 * Asks whether a child still is its parent in requirements, depth and breadth (WizardLM, arXiv
 * 2304.12244, section 3.2, first rule of elimination).
 *
 * <p>A verdict at the beginning counts, else one on the last line, else the only one in the text. A
 * reply that says both, or neither, decides nothing.
 */
public final class EqualityJudge implements Serializable {
  private static final String NOT_EQUAL =
      "(?:not|never|\\w+n't|no longer)(?: \\w+){0,2} (?:equal|equivalent|the same|identical)|unequal|different";

  /** "An equal number of tests" is no verdict. */
  private static final String EQUAL =
      "(?:are|is|be|remain|as|them|both|hence|therefore)(?: (?!not\\b)\\w+)? (?:equal|equivalent|the same|identical)";

  /** A verdict that stands by itself: nothing follows in its sentence, or a comma or a dash. */
  private static final Pattern LEADING =
      Pattern.compile(
          "(?:(?:final )?(?:answer|verdict|judge?ment|conclusion)[: -]+)?(?:the (?:two )?instructions are |they are )?"
              + "(?<verdict>yes|no|not equal|unequal|different|equal)(?=$|[ ]*[.,;:!?()\\n-]|\\s+because\\b|\\s+since\\b)");

  private static final Pattern ANYWHERE =
      Pattern.compile("\\b(?:(?<not>" + NOT_EQUAL + ")|(?<equal>" + EQUAL + "))\\b");
  private static final Pattern SENTENCE_END =
      Pattern.compile("[.!?](?:\\s|$)|\\n|\\b(?:because|since)\\b");

  private final PromptFile file =
      PromptFile.resource(EqualityJudge.class, "equality.md", "parent", "child");

  /** Returns the prompt that compares the two instructions. */
  public Prompt render(String parent, String child) {
    return file.prompt(Map.of("parent", parent, "child", child));
  }

  /** Returns whether the two are equal; any reply that does not tell is equality-undecided. */
  public Parsed<Boolean> parse(TeacherReply reply) {
    // A verdict stands before its explanation, so one that was cut off may still hold it.
    boolean cut = reply.ending() == Ending.LENGTH;
    Parsed<String> answer = ReplyText.of(cut ? new TeacherReply(Ending.STOP, reply.text()) : reply);
    if (answer instanceof Parsed.Rejected<String> rejected) {
      return Parsed.rejected(Reason.EQUALITY_UNDECIDED, rejected.evidence());
    }
    String text = plain(((Parsed.Accepted<String>) answer).value());
    Optional<Boolean> verdict = leading(text);
    if (verdict.isEmpty() && !cut && !startsWithVerdict(text)) {
      verdict = leading(lastLine(text)).or(() -> only(text));
    }
    return verdict
        .map(Parsed::accepted)
        .orElseGet(
            () ->
                Parsed.rejected(
                    Reason.EQUALITY_UNDECIDED, "the reply tells neither equal nor not equal"));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace('\u2019', '\'')
        .replaceAll("[*_`#\"\\[\\]\u201c\u201d]+", "")
        .replaceAll("[ \\t]+", " ")
        .strip();
  }

  private static boolean startsWithVerdict(String text) {
    return LEADING.matcher(text).lookingAt();
  }

  private static Optional<Boolean> leading(String text) {
    Matcher leading = LEADING.matcher(text);
    if (!leading.lookingAt()) {
      return Optional.empty();
    }
    boolean equal = List.of("yes", "equal").contains(leading.group("verdict"));
    String rest = firstSentence(text.substring(leading.end()));
    // "No, they are equal" takes back what it said.
    return only(rest).filter(said -> said != equal).isPresent()
        ? Optional.empty()
        : Optional.of(equal);
  }

  private static Optional<Boolean> only(String text) {
    boolean equal = false;
    boolean not = false;
    Matcher word = ANYWHERE.matcher(text);
    while (word.find()) {
      not |= word.group("not") != null;
      equal |= word.group("equal") != null;
    }
    return equal == not ? Optional.empty() : Optional.of(equal);
  }

  private static String firstSentence(String text) {
    Matcher end = SENTENCE_END.matcher(text);
    return end.find() ? text.substring(0, end.start()) : text;
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1).strip();
  }
}
