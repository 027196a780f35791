package org.seedwright.evolve;

import java.util.Locale;

/**
 * Why a source file, a seed snippet, a reply or an evolved instruction is rejected.
 *
 * <p>Tables store {@link #id()}; an id is never reused for another meaning.
 */
public enum Reason {
  /** The file is not valid UTF-8. */
  BAD_UTF8,
  /** The file, or a given instruction or its response, holds a NUL, as binary files do. */
  NUL_BYTES,
  /** The file has more bytes than the configured limit. */
  OVERSIZED,
  /** The file has no content. */
  EMPTY_FILE,
  /** The file holds a private key or a token of a well-known form. */
  SECRET,
  /** Neither the path nor the content tells a language that is known here. */
  UNKNOWN_LANGUAGE,
  /** The file, the entry of an archive or the row of a corpus could not be read. */
  UNREADABLE,
  /** The entry of an archive names a path outside it, or none at all. */
  UNSAFE_PATH,
  /** The entry of an archive is a link or a device. */
  NOT_A_FILE,
  /** An archive or a corpus file holds the same path with the same content once more. */
  REPEATED_FILE,
  /**
   * The file has more lines than people write ({@link org.seedwright.evolve.seed.SourceFilters}).
   */
  TOO_MANY_LINES,
  /** A line, or the mean of the lines, is longer than people write. */
  MINIFIED,
  /** The file says that a program wrote it. */
  GENERATED,
  /** The file is an XML document under another name. */
  XML_DOCUMENT,
  /** Too little of the file is letters: tables of numbers, drawings, markup. */
  FEW_LETTERS,
  /** The file holds data in Base64, hexadecimal or Unicode escapes. */
  ENCODED_DATA,
  /** The licence is unknown or not among those asked for. */
  LICENSE_NOT_ALLOWED,

  /** The snippet is white space. */
  BLANK_SNIPPET,
  /** The snippet is comments or documentation strings. */
  ONLY_COMMENTS,
  /** The snippet is imports, with comments or closing brackets at most. */
  ONLY_IMPORTS,
  /** The snippet is brackets and other punctuation, with comments at most. */
  ONLY_PUNCTUATION,

  /** The given instruction is blank. */
  EMPTY_INSTRUCTION,
  /** The given conversation has no message by a user. */
  NO_USER_MESSAGE,
  /** The row of a round that was evolved elsewhere has no response. */
  NO_RESPONSE,

  /** The model reached its cap on output tokens. */
  TRUNCATED,
  /** The model declined. */
  REFUSED,
  /** The server's filter withheld the reply. */
  CONTENT_FILTERED,
  /** Thinking text begins in the reply and never ends, so there is no answer. */
  UNCLOSED_THINKING,
  /** The reply has no text. */
  EMPTY_REPLY,

  /** One of the named sections is not there (Magicoder's rule, generate_data.py). */
  MARKERS_MISSING,
  /** The solution comes before the problem (Magicoder's rule, generate_data.py). */
  MARKERS_OUT_OF_ORDER,
  /** The section of the problem is empty. */
  EMPTY_PROBLEM,
  /** The section of the solution is empty. */
  EMPTY_SOLUTION,
  /** There are two solutions, and nothing tells which one is meant. */
  TWO_SOLUTIONS,

  /** The reply holds fewer tasks than it was asked for, or no list of tasks at all. */
  NOT_IN_REPLY,
  /** The instruction has fewer words than the gate asks for (Self-Instruct: 4). */
  TOO_FEW_WORDS,
  /** The instruction has more words than the gate lets through (Self-Instruct: 150). */
  TOO_MANY_WORDS,
  /** The instruction holds a word of tasks that text alone cannot do (Self-Instruct). */
  BLOCKED_WORD,
  /**
   * The instruction begins with "write a program", punctuation or outside ASCII (Self-Instruct).
   */
  BLOCKED_START,
  /** The instruction's ROUGE-L with a seed task or an earlier one is too high (Self-Instruct). */
  TOO_SIMILAR,

  /** The evolved instruction is its parent, up to case, spacing and decoration. */
  UNCHANGED,
  /** The evolved instruction repeats labels or wording of our prompt (WizardLM, rule 4). */
  PROMPT_LEAK,
  /** The teacher solved the instruction where it should have rewritten it. */
  ANSWERED_INSTEAD,
  /** The judge calls child and parent equal (WizardLM, rule 1). */
  EQUAL_TO_PARENT,
  /** The judge's reply tells neither equal nor different. */
  EQUALITY_UNDECIDED,
  /** The response says sorry in fewer than 80 words (WizardLM, rule 2). */
  SORRY_RESPONSE,
  /** The response is punctuation and stop words (WizardLM, rule 3). */
  ONLY_STOP_WORDS;

  /** Returns the stable name that tables and reports show. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
