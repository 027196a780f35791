package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seedwright.evolve.MarkdownFences;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.PromptFile;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.ReplyText;
import org.seedwright.evolve.TeacherReply;

/**
 * Asks for a child of an instruction and reads it: a harder version (WizardCoder, arXiv 2306.08568,
 * section 3; WizardLM, arXiv 2304.12244, section 3.2, in depth), or another one of its domain
 * (WizardLM, in breadth).
 *
 * <p>A child is rejected when it is its parent again, when it repeats labels or wording of the
 * prompt (WizardLM's rule names the labels; data sets in the wild repeat whole sentences of a
 * heuristic), or when the teacher solved the instruction instead.
 */
public final class EvolInstruct implements Serializable {
  private static final String LABEL_WORDS =
      "(?:revised|given|original|rewritten|evolved|new|harder)[ \\t]++"
          + "(?:exercise|prompt|task|question|instruction|problem|test)";

  /** A label as WizardLM's rule means it: a heading of its own, or words before a colon. */
  private static final Pattern LABEL =
      Pattern.compile(
          ("={10,}+|#[ \\t]*+(?:the[ \\t]++)?" + LABEL_WORDS + "[ \\t]*+#")
              + ("|^[ \\t#*_\\[>\"']*+(?:the[ \\t]++)?" + LABEL_WORDS)
              + "[ \\t#*_\\]\"']*+(?::|$)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern CHATTER =
      Pattern.compile(
          "\\A(?:(?:sure|certainly|of course|absolutely|okay|ok)\\b[^\\n]{0,120}+\\n\\s*+)?+"
              + "(?:here(?:'s| is)\\b[^\\n:]{0,60}?\\b(?:version|exercise|instruction|task|question|problem|prompt)\\b"
              + "[^\\n:]{0,40}+:[*_]*+[ \\t]*+\\n\\s*+"
              + "|here(?:'s| is)\\b[^\\n:]{0,60}?\\b(?:version|exercise)\\b[^\\n:]{0,40}+:[*_]*+\\s*+)?+",
          Pattern.CASE_INSENSITIVE);

  /** Code that an instruction shows may begin with "Here is a function"; so that is not here. */
  private static final Pattern SOLVES =
      Pattern.compile(
          "\\A(?:(?:sure|certainly|of course|absolutely)[,!.]?\\s+)?(?:"
              + "to solve this (?:problem|task|exercise|question)"
              + "|(?:here(?:'s| is)|below is) (?:\\w++\\s++){1,4}?(?:solution|answer)\\b"
              + "|\\W{0,6}(?:solution|answer)\\W{0,6}\\n)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FRAME = Pattern.compile("={10}\\n(.*)\\n={10}", Pattern.DOTALL);
  private static final Pattern DECORATION = Pattern.compile("[\\s*_#`\"'.>]+");

  /** Fewer words outside the code fences ask for nothing. */
  private static final int ASKING_WORDS = 4;

  /** Read once: a round renders a prompt for each of its rows. */
  private static final Map<Heuristic.Template, PromptFile> FILES =
      Arrays.stream(Heuristic.Template.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(),
                  template ->
                      PromptFile.resource(
                          EvolInstruct.class, template.file(), "heuristic", "instruction")));

  private static PromptFile file(Heuristic heuristic) {
    return FILES.get(heuristic.template());
  }

  /** Returns the prompt that asks for a child of {@code instruction}. */
  public Prompt render(Heuristic heuristic, String instruction) {
    PromptFile file = file(heuristic);
    return new Prompt(
        file.name() + "/" + heuristic.name(),
        file.messages(Map.of("heuristic", heuristic.text(), "instruction", instruction)));
  }

  /** Returns the evolved instruction, or why there is none. */
  public Parsed<String> parse(Heuristic heuristic, String parentInstruction, TeacherReply reply) {
    Parsed<String> answer = ReplyText.of(reply);
    if (answer instanceof Parsed.Rejected<String>) {
      return answer;
    }
    String text =
        MarkdownFences.unwrapped(((Parsed.Accepted<String>) answer).value().strip()).strip();
    if (SOLVES.matcher(text).find() && !SOLVES.matcher(parentInstruction.strip()).find()) {
      return Parsed.rejected(
          Reason.ANSWERED_INSTEAD, "the reply begins as a solution does, not as an instruction");
    }
    String child = withoutFrame(CHATTER.matcher(text).replaceFirst(""));
    if (child.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return Parsed.rejected(Reason.EMPTY_REPLY, "the reply holds no instruction");
    }
    Optional<String> leak = leak(heuristic, parentInstruction, child);
    if (leak.isPresent()) {
      return Parsed.rejected(Reason.PROMPT_LEAK, leak.get());
    }
    if (comparable(child).equals(comparable(parentInstruction))) {
      return Parsed.rejected(
          Reason.UNCHANGED, "the instruction is its parent but for case, spacing or decoration");
    }
    if (asksNothing(child) && !asksNothing(parentInstruction)) {
      return Parsed.rejected(
          Reason.ANSWERED_INSTEAD, "the reply is code with hardly a word around it");
    }
    return Parsed.accepted(child);
  }

  /** The lines that frame the exercise in the prompt may frame it in the reply too. */
  private static String withoutFrame(String text) {
    String stripped = text.strip();
    Matcher frame = FRAME.matcher(stripped);
    return frame.matches() ? frame.group(1).strip() : stripped;
  }

  private Optional<String> leak(Heuristic heuristic, String parent, String child) {
    Matcher label = LABEL.matcher(child);
    while (label.find()) {
      String found = label.group().strip();
      if (!parent.toLowerCase(Locale.ROOT).contains(found.toLowerCase(Locale.ROOT))) {
        return Optional.of("the instruction holds the label '%s'".formatted(oneLine(found)));
      }
    }
    return new Wording(file(heuristic).wording(), heuristic.text())
        .firstIn(child, parent)
        .map(run -> "the instruction repeats the prompt's words '%s'".formatted(run));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static boolean asksNothing(String text) {
    if (!text.contains("```")) {
      return false;
    }
    List<String> words =
        List.of(MarkdownFences.prose(text).strip().split("\\s+", -1)).stream()
            .filter(word -> word.codePoints().anyMatch(Character::isLetter))
            .toList();
    return words.size() < ASKING_WORDS;
  }

  private static String comparable(String text) {
    return DECORATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
