package org.seedwright.evolve;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every parser does first: a reply that its model did not finish, or that declines, is
 * rejected, and thinking text that the server left in the reply is taken out.
 */
public final class ReplyText {
  /** A longer text that begins with an apology goes on to say something. */
  private static final int REFUSAL_WORDS = 60;

  private static final Pattern OPENING =
      Pattern.compile("^[ \\t]*<(think|thinking)>", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern CLOSING =
      Pattern.compile("</(?:think|thinking)>", Pattern.CASE_INSENSITIVE);
  private static final String APOLOGY =
      "(?:unfortunately,? |(?:my )?apologies,? (?:but )?|(?:i'm |i am )?(?:very |so )?sorry[,.]?"
          + " (?:but )?|i apologi[sz]e,? (?:but )?|as an ai(?: language)?(?: model| assistant)?,? )";
  private static final String UNABLE =
      "(?:i cannot|i can't|i can not|i am not able to|i am unable to|i won't|i will not"
          + "|i'm unable to|i'm not able to|i'm afraid i can't|i'm afraid i cannot)";
  private static final Pattern REFUSAL =
      Pattern.compile(
          "^(?:"
              + (APOLOGY + "+" + UNABLE + "\\b")
              // A programming question may itself begin with "I can't get this to work".
              + ("|" + UNABLE + " (?:assist|help|provide|comply|fulfil|answer|complete|generate")
              + "|create|produce|rewrite|process|engage|continue|do that|do this)"
              + ("|" + APOLOGY + "*(?:i must decline|i have to decline|i decline)\\b)"));

  private ReplyText() {}

  /** Returns the answer without white space around it, or the reason why there is none. */
  public static Parsed<String> of(TeacherReply reply) {
    return switch (reply.ending()) {
      case LENGTH ->
          Parsed.rejected(Reason.TRUNCATED, "the reply ended at the cap on output tokens");
      case REFUSAL -> Parsed.rejected(Reason.REFUSED, "the server marked the reply as a refusal");
      case CONTENT_FILTER ->
          Parsed.rejected(Reason.CONTENT_FILTERED, "the server's content filter ended the reply");
      case STOP -> finished(reply.text());
    };
  }

  private static Parsed<String> finished(String text) {
    String rest = text;
    // Where a chat template opens the thinking itself, the reply shows only its end.
    Matcher closing = CLOSING.matcher(rest);
    Matcher opening = OPENING.matcher(rest);
    if (closing.find() && !(opening.find() && opening.start() < closing.start())) {
      if (rest.substring(0, closing.start()).contains("```")) {
        // The tag is part of an answer about such tags.
        return answer(rest);
      }
      rest = rest.substring(closing.end());
    }
    StringBuilder kept = new StringBuilder();
    int from = 0;
    opening = OPENING.matcher(rest);
    closing = CLOSING.matcher(rest);
    while (opening.find(from)) {
      if (!closing.find(opening.end())) {
        return Parsed.rejected(
            Reason.UNCLOSED_THINKING, "thinking text begins in the reply and does not end");
      }
      kept.append(rest, from, opening.start());
      from = closing.end();
    }
    return answer(kept.append(rest, from, rest.length()).toString());
  }

  private static Parsed<String> answer(String text) {
    String answer = text.strip();
    if (answer.isEmpty()) {
      return Parsed.rejected(Reason.EMPTY_REPLY, "the reply has no text");
    }
    if (isRefusal(answer)) {
      return Parsed.rejected(Reason.REFUSED, "the reply is short and only declines");
    }
    return Parsed.accepted(answer);
  }

  private static boolean isRefusal(String answer) {
    return !answer.contains("```")
        && words(answer) < REFUSAL_WORDS
        && REFUSAL
            .matcher(
                answer.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replaceAll("\\s+", " "))
            .find();
  }

  private static int words(String text) {
    return text.split("\\s+", -1).length;
  }
}
