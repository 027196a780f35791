package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of a language's grammar as it takes to tell comments, strings and imports from code.
 *
 * @param lineComments what begins a comment that ends with its line
 * @param blocks comments with a beginning and an end
 * @param quotes strings, longer openings before shorter ones
 * @param traits what else is peculiar
 * @param imports matches a line, without comments, that imports, includes or names its package
 * @param closers words that close a block and say nothing else
 */
record Syntax(
    List<String> lineComments,
    List<Block> blocks,
    List<Quote> quotes,
    Set<Trait> traits,
    Pattern imports,
    Pattern closers) {

  /** A comment from {@code open} to {@code close}. */
  record Block(String open, String close, boolean nested, boolean atLineStart) {}

  /** A string from {@code open} to {@code close}. */
  record Quote(String open, String close, boolean escapes, boolean manyLines) {}

  enum Trait {
    /** 'x' is a character, and a lone ' is none: lifetimes, digit separators, primes. */
    CHARACTERS,
    /** A triple-quoted string that is a statement documents. */
    DOCUMENTATION_STRINGS,
    /** #[ begins an attribute and no comment. */
    ATTRIBUTES,
    /** A comment begins only where a word could. */
    COMMENT_AT_WORD,
    /** Strings after &lt;&lt;WORD up to a line with the word. */
    HERE_DOCUMENTS,
    /** /…/ is a regular expression where a value could stand. */
    SLASH_PATTERNS
  }

  private static final Block C_BLOCK = new Block("/*", "*/", false, false);
  private static final Block NESTED_BLOCK = new Block("/*", "*/", true, false);
  private static final Quote DOUBLE = new Quote("\"", "\"", true, false);
  private static final Quote DOUBLE_LONG = new Quote("\"", "\"", true, true);
  private static final Quote SINGLE = new Quote("'", "'", true, false);
  private static final Quote SINGLE_LONG = new Quote("'", "'", true, true);
  private static final Quote TRIPLE = new Quote("\"\"\"", "\"\"\"", true, true);
  private static final Quote TRIPLE_SINGLE = new Quote("'''", "'''", true, true);
  private static final Quote TRIPLE_RAW = new Quote("\"\"\"", "\"\"\"", false, true);

  private static final Pattern NEVER = Pattern.compile("(?!)");
  private static final Pattern END = Pattern.compile("end[;,)]*");

  private static final Map<String, Syntax> BY_LANGUAGE =
      Map.ofEntries(
          Map.entry(
              "python",
              hash(
                      List.of(TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE),
                      "import\\s.*|from\\s+\\S+\\s+(?:import\\b.*|\\\\)")
                  .with(Trait.DOCUMENTATION_STRINGS)),
          Map.entry(
              "java", c(List.of(TRIPLE, DOUBLE), "(?:import|package)\\s.*").with(Trait.CHARACTERS)),
          Map.entry(
              "groovy",
              c(List.of(TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE), "(?:import|package)\\s.*")),
          Map.entry("javascript", script()),
          Map.entry("typescript", script()),
          Map.entry(
              "go",
              c(
                      List.of(new Quote("`", "`", false, true), DOUBLE),
                      "package\\s+\\w+\\s*|import\\b.*")
                  .with(Trait.CHARACTERS)),
          Map.entry("c", included()),
          Map.entry("cpp", included()),
          Map.entry("objective-c", included()),
          Map.entry(
              "rust",
              nested(
                      List.of(
                          new Quote("r##\"", "\"##", false, true),
                          new Quote("r#\"", "\"#", false, true),
                          DOUBLE_LONG),
                      "(?:pub(?:\\([^)]*\\))?\\s+)?(?:use\\s.*|mod\\s+\\w+\\s*;.*)|extern\\s+crate\\s.*")
                  .with(Trait.CHARACTERS)),
          Map.entry(
              "csharp",
              c(
                      List.of(TRIPLE_RAW, new Quote("@\"", "\"", false, true), DOUBLE),
                      "(?:global\\s+)?using\\s+(?:static\\s+)?[\\w.]+\\s*(?:=[^;(]*)?;.*|namespace\\s.*"
                          + "|extern\\s+alias\\s.*")
                  .with(Trait.CHARACTERS)),
          Map.entry(
              "php",
              new Syntax(
                  List.of("//", "#"),
                  List.of(C_BLOCK),
                  List.of(DOUBLE_LONG, SINGLE_LONG),
                  Set.of(Trait.ATTRIBUTES),
                  Pattern.compile(
                      "(?:use\\s+[\\w\\\\]|namespace\\s|(?:require|include)(?:_once)?\\b|declare\\s*\\().*"),
                  Pattern.compile("<\\?(?:php|=)?|\\?>"))),
          Map.entry(
              "shell",
              hash(
                      List.of(DOUBLE_LONG, new Quote("'", "'", false, true)),
                      "(?:source|\\.)\\s.*",
                      "(?:fi|done|esac)[;)]*")
                  .with(Trait.COMMENT_AT_WORD, Trait.HERE_DOCUMENTS)),
          Map.entry("swift", nested(List.of(TRIPLE, DOUBLE), "(?:@\\w+\\s+)?import\\s.*")),
          Map.entry(
              "kotlin",
              nested(List.of(TRIPLE_RAW, DOUBLE), "(?:import|package)\\s.*")
                  .with(Trait.CHARACTERS)),
          Map.entry(
              "scala",
              nested(List.of(TRIPLE_RAW, DOUBLE), "(?:import|package)\\s.*")
                  .with(Trait.CHARACTERS)),
          Map.entry(
              "dart",
              nested(
                  List.of(TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE),
                  "(?:import|export|part|library)\\b.*")),
          Map.entry(
              "ruby",
              new Syntax(
                  List.of("#"),
                  List.of(new Block("=begin", "\n=end", false, true)),
                  List.of(DOUBLE, SINGLE),
                  Set.of(Trait.COMMENT_AT_WORD, Trait.HERE_DOCUMENTS),
                  Pattern.compile("(?:require|require_relative|load|autoload)\\b.*"),
                  END)),
          Map.entry(
              "perl",
              new Syntax(
                  List.of("#"),
                  List.of(
                      pod("=pod"),
                      pod("=head"),
                      pod("=encoding"),
                      pod("=over"),
                      pod("=item"),
                      pod("=begin"),
                      pod("=for")),
                  List.of(DOUBLE, SINGLE),
                  Set.of(Trait.COMMENT_AT_WORD, Trait.HERE_DOCUMENTS),
                  Pattern.compile("(?:use|no|require|package)\\s.*"),
                  NEVER)),
          Map.entry(
              "lua",
              new Syntax(
                  List.of("--"),
                  List.of(new Block("--[[", "]]", false, false)),
                  List.of(new Quote("[[", "]]", false, true), DOUBLE, SINGLE),
                  Set.of(),
                  Pattern.compile("(?:local\\s+\\w+\\s*=\\s*)?require\\b.*"),
                  END)),
          Map.entry(
              "r",
              hash(
                  List.of(DOUBLE_LONG, SINGLE_LONG),
                  "(?:library|require|source|requireNamespace)\\s*\\(.*")),
          Map.entry(
              "julia",
              new Syntax(
                  List.of("#"),
                  List.of(new Block("#=", "=#", true, false)),
                  List.of(TRIPLE, DOUBLE),
                  Set.of(Trait.CHARACTERS, Trait.DOCUMENTATION_STRINGS),
                  Pattern.compile("(?:using|import)\\s.*"),
                  END)),
          Map.entry(
              "elixir",
              hash(
                  List.of(TRIPLE, DOUBLE, SINGLE),
                  "(?:alias|import|require|use)\\s.*",
                  END.pattern())),
          Map.entry(
              "haskell",
              new Syntax(
                  List.of("--"),
                  List.of(new Block("{-", "-}", true, false)),
                  List.of(DOUBLE),
                  Set.of(Trait.CHARACTERS),
                  Pattern.compile("(?:import|module)\\s.*"),
                  NEVER)),
          Map.entry(
              "erlang",
              new Syntax(
                  List.of("%"),
                  List.of(),
                  List.of(DOUBLE_LONG, SINGLE),
                  Set.of(),
                  Pattern.compile("-(?:module|include|include_lib|import|export|behaviou?r)\\b.*"),
                  Pattern.compile("end[.,;)]*"))),
          Map.entry(
              "clojure",
              new Syntax(
                  List.of(";"),
                  List.of(),
                  List.of(DOUBLE_LONG),
                  Set.of(),
                  Pattern.compile("\\((?:ns|require|import|use)\\b.*"),
                  NEVER)),
          Map.entry(
              "ocaml",
              new Syntax(
                  List.of(),
                  List.of(new Block("(*", "*)", true, false)),
                  List.of(DOUBLE_LONG),
                  Set.of(Trait.CHARACTERS),
                  Pattern.compile("open\\s.*"),
                  Pattern.compile("(?:end|done)[;)]*"))),
          Map.entry(
              "fsharp",
              new Syntax(
                  List.of("//"),
                  List.of(new Block("(*", "*)", true, false)),
                  List.of(TRIPLE_RAW, DOUBLE),
                  Set.of(Trait.CHARACTERS),
                  Pattern.compile("(?:open|module|namespace)\\s.*"),
                  NEVER)),
          Map.entry(
              "sql",
              new Syntax(
                  List.of("--"),
                  List.of(C_BLOCK),
                  List.of(new Quote("'", "'", false, true), new Quote("\"", "\"", false, false)),
                  Set.of(),
                  NEVER,
                  Pattern.compile("(?i:end|go)[;)]*"))),
          Map.entry(
              "powershell",
              new Syntax(
                  List.of("#"),
                  List.of(new Block("<#", "#>", false, false)),
                  List.of(
                      new Quote("@\"", "\"@", false, true),
                      new Quote("@'", "'@", false, true),
                      new Quote("\"", "\"", false, false),
                      new Quote("'", "'", false, false)),
                  Set.of(Trait.COMMENT_AT_WORD),
                  Pattern.compile("(?i:using|import-module)\\s.*"),
                  NEVER)));

  /** Returns the ids of all languages that have a grammar here. */
  static Set<String> languages() {
    return BY_LANGUAGE.keySet();
  }

  /**
   * Returns the grammar of a language.
   *
   * @throws IllegalArgumentException when the language is unknown
   */
  static Syntax of(String language) {
    Syntax syntax = BY_LANGUAGE.get(language);
    if (syntax == null) {
      throw new IllegalArgumentException(
          "language '%s' is unknown; known are %s".formatted(language, Languages.known()));
    }
    return syntax;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  private Syntax with(Trait... added) {
    return new Syntax(lineComments, blocks, quotes, Set.of(added), imports, closers);
  }

  private static Block pod(String open) {
    return new Block(open, "\n=cut", false, true);
  }

  private static Syntax c(List<Quote> quotes, String imports) {
    return new Syntax(
        List.of("//"), List.of(C_BLOCK), quotes, Set.of(), Pattern.compile(imports), NEVER);
  }

  private static Syntax nested(List<Quote> quotes, String imports) {
    return new Syntax(
        List.of("//"), List.of(NESTED_BLOCK), quotes, Set.of(), Pattern.compile(imports), NEVER);
  }

  private static Syntax hash(List<Quote> quotes, String imports) {
    return hash(quotes, imports, NEVER.pattern());
  }

  private static Syntax hash(List<Quote> quotes, String imports, String closers) {
    return new Syntax(
        List.of("#"),
        List.of(),
        quotes,
        Set.of(),
        Pattern.compile(imports),
        Pattern.compile(closers));
  }

  private static Syntax included() {
    return c(
            List.of(DOUBLE),
            "#\\s*(?:include|import|pragma\\s+once)\\b.*|@import\\s.*"
                + "|using\\s+(?:namespace\\s.*|[\\w:]+\\s*;.*)")
        .with(Trait.CHARACTERS);
  }

  private static Syntax script() {
    return c(
            List.of(new Quote("`", "`", true, true), DOUBLE, SINGLE),
            "import[\\s\"'{*].*|export\\s+(?:type\\s+)?[*{].*|[\"']use \\w+[\"'];?"
                + "|(?:const|let|var)\\s+(?:[\\w$]+|\\{[^}]*\\})\\s*=\\s*require\\s*\\(.*")
        .with(Trait.SLASH_PATTERNS);
  }
}
