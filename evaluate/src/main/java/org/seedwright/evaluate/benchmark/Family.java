package org.seedwright.evaluate.benchmark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of families: see {@link Problem#family()}. */
final class Family {
  private static final Pattern KNOWN =
      Pattern.compile("(humaneval|mbpp)[/_](\\d{1,9})(?:_.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBERED = Pattern.compile("[A-Za-z]+/(\\d{1,9})");

  private Family() {}

  static String humanEval(int number) {
    return "HumanEval/" + number;
  }

  static String mbpp(int number) {
    return "MBPP/" + number;
  }

  /** The number in an id such as {@code CPP/17}, whose prefix only names the language. */
  static int number(String taskId) {
    Matcher matcher = NUMBERED.matcher(taskId);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("task id '%s' is not NAME/NUMBER".formatted(taskId));
    }
    return Integer.parseInt(matcher.group(1));
  }

  /**
   * The family that an id of any of the usual spellings belongs to ({@code HumanEval/3}, {@code
   * Mbpp/3}, {@code mbpp_3_is_not_prime}), or else one of its own.
   */
  static String of(String benchmark, String taskId) {
    Matcher matcher = KNOWN.matcher(taskId);
    if (!matcher.matches()) {
      return benchmark + "/" + taskId;
    }
    int number = Integer.parseInt(matcher.group(2));
    return matcher.group(1).equalsIgnoreCase("mbpp") ? mbpp(number) : humanEval(number);
  }
}
