package org.seedwright.pipelines.simulate;

import java.util.Locale;
import java.util.Optional;

/** A reply that deserves rejection, and the prompts to which it can be given. */
public enum Fault {
  /** The model declines. */
  REFUSAL,
  /** The reply runs into its cap, however high. */
  TRUNCATION,
  /** The server's filter withholds the reply. */
  CONTENT_FILTER,
  /** There is no text. */
  EMPTY_REPLY,
  /** Thinking begins and does not end. */
  UNCLOSED_THINKING,
  /** The solution has no marker. */
  MISSING_MARKER(PromptKind.OSS_INSTRUCT),
  /** The solution comes first. */
  MARKERS_OUT_OF_ORDER(PromptKind.OSS_INSTRUCT),
  /** Nothing stands under the problem's marker. */
  EMPTY_PROBLEM(PromptKind.OSS_INSTRUCT),
  /** Nothing stands under the solution's marker. */
  EMPTY_SOLUTION(PromptKind.OSS_INSTRUCT),
  /** Two solutions follow each other. */
  TWO_SOLUTIONS(PromptKind.OSS_INSTRUCT),
  /** The one problem that every such reply has, under other spacing; an exact duplicate. */
  DUPLICATE_PROBLEM(PromptKind.OSS_INSTRUCT),
  /** The one solution that every such reply has, to a problem of its own. */
  DUPLICATE_SOLUTION(PromptKind.OSS_INSTRUCT),
  /** The child is its parent again. */
  UNCHANGED_CHILD(PromptKind.EVOLVE),
  /** The child repeats the prompt. */
  PROMPT_LEAK(PromptKind.EVOLVE),
  /** The parent is solved where it should have been made harder. */
  ANSWERED_INSTEAD(PromptKind.EVOLVE),
  /** The judge calls the two equal. */
  EQUAL_VERDICT(PromptKind.JUDGE),
  /** The judge says neither. */
  UNDECIDED_VERDICT(PromptKind.JUDGE),
  /** A few words of apology. */
  SORRY_ANSWER(PromptKind.RESPOND),
  /** Punctuation and nothing else. */
  PUNCTUATION_ANSWER(PromptKind.RESPOND);

  private final Optional<PromptKind> only;

  /** For every prompt that asks for a text, which the judge's does not. */
  Fault() {
    this.only = Optional.empty();
  }

  Fault(PromptKind only) {
    this.only = Optional.of(only);
  }

  /** Stable name for options and logs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a prompt of this kind can be answered so. */
  public boolean suits(PromptKind kind) {
    return only.map(kind::equals).orElse(kind != PromptKind.JUDGE);
  }
}
