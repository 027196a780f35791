package org.seedwright.evolve.seed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programming languages by their ids, told from a file's path and, where that does not decide, from
 * its content.
 *
 * <p>Markup, data and build descriptions are no languages here.
 */
public final class Languages {
  private static final Map<String, List<String>> EXTENSIONS =
      Map.ofEntries(
          Map.entry("python", List.of("py", "pyw", "pyi")),
          Map.entry("java", List.of("java")),
          Map.entry("javascript", List.of("js", "mjs", "cjs", "jsx")),
          Map.entry("typescript", List.of("ts", "tsx", "mts", "cts")),
          Map.entry("go", List.of("go")),
          Map.entry(
              "cpp",
              List.of("cpp", "cc", "cxx", "c++", "hpp", "hh", "hxx", "h++", "ipp", "tpp", "tcc")),
          Map.entry("c", List.of("c")),
          Map.entry("objective-c", List.of("m", "mm")),
          Map.entry("rust", List.of("rs")),
          Map.entry("csharp", List.of("cs", "csx")),
          Map.entry("php", List.of("php", "phtml", "php5")),
          Map.entry("shell", List.of("sh", "bash", "zsh", "ksh", "dash", "bats")),
          Map.entry("swift", List.of("swift")),
          Map.entry("ruby", List.of("rb", "rake", "gemspec")),
          Map.entry("kotlin", List.of("kt", "kts")),
          Map.entry("scala", List.of("scala", "sc")),
          Map.entry("perl", List.of("pl", "pm")),
          Map.entry("lua", List.of("lua")),
          Map.entry("r", List.of("r")),
          Map.entry("julia", List.of("jl")),
          Map.entry("haskell", List.of("hs")),
          Map.entry("dart", List.of("dart")),
          Map.entry("groovy", List.of("groovy")),
          Map.entry("elixir", List.of("ex", "exs")),
          Map.entry("erlang", List.of("erl", "hrl")),
          Map.entry("clojure", List.of("clj", "cljs", "cljc")),
          Map.entry("ocaml", List.of("ml", "mli")),
          Map.entry("fsharp", List.of("fs", "fsi", "fsx")),
          Map.entry("sql", List.of("sql")),
          Map.entry("powershell", List.of("ps1", "psm1")));

  private static final Map<String, String> BY_EXTENSION = byExtension();

  private static final Map<String, String> BY_FILE_NAME =
      Map.of(
          "rakefile", "ruby",
          "gemfile", "ruby",
          "vagrantfile", "ruby",
          "jenkinsfile", "groovy",
          ".bashrc", "shell",
          ".bash_profile", "shell",
          ".profile", "shell",
          ".zshrc", "shell");

  private static final Map<String, String> BY_INTERPRETER =
      Map.ofEntries(
          Map.entry("python", "python"),
          Map.entry("pypy", "python"),
          Map.entry("sh", "shell"),
          Map.entry("bash", "shell"),
          Map.entry("dash", "shell"),
          Map.entry("ksh", "shell"),
          Map.entry("zsh", "shell"),
          Map.entry("bats", "shell"),
          Map.entry("node", "javascript"),
          Map.entry("nodejs", "javascript"),
          Map.entry("deno", "typescript"),
          Map.entry("ts-node", "typescript"),
          Map.entry("ruby", "ruby"),
          Map.entry("perl", "perl"),
          Map.entry("php", "php"),
          Map.entry("lua", "lua"),
          Map.entry("Rscript", "r"),
          Map.entry("julia", "julia"),
          Map.entry("runhaskell", "haskell"),
          Map.entry("groovy", "groovy"),
          Map.entry("elixir", "elixir"),
          Map.entry("escript", "erlang"),
          Map.entry("ocaml", "ocaml"),
          Map.entry("scala", "scala"),
          Map.entry("kotlin", "kotlin"),
          Map.entry("swift", "swift"),
          Map.entry("pwsh", "powershell"));

  /** As corpora of The Stack's kind and GitHub call them, where it is not our id. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("c++", "cpp"),
          Map.entry("c#", "csharp"),
          Map.entry("c-sharp", "csharp"),
          Map.entry("f#", "fsharp"),
          Map.entry("f-sharp", "fsharp"),
          Map.entry("golang", "go"),
          Map.entry("js", "javascript"),
          Map.entry("ts", "typescript"),
          Map.entry("tsx", "typescript"),
          Map.entry("bash", "shell"),
          Map.entry("objc", "objective-c"),
          Map.entry("plpgsql", "sql"),
          Map.entry("tsql", "sql"),
          Map.entry("plsql", "sql"));

  private static final Map<String, String> BY_MODE =
      Map.of("c++", "cpp", "c", "c", "objc", "objective-c", "python", "python", "perl", "perl");

  private static final Pattern MODE =
      Pattern.compile("-\\*-[ \\t]*(?:mode:[ \\t]*)?([A-Za-z+]{1,20})[ \\t]*(?:;.*)?-\\*-");
  private static final Pattern CPLUSPLUS =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:(?:inline[ \\t]+)?namespace\\b|template[ \\t]*<|(?:public|private|protected)[ \\t]*:"
              + "|class[ \\t]+\\w|using[ \\t]+(?:namespace\\b|\\w+[ \\t]*=)|constexpr\\b"
              + "|#[ \\t]*include[ \\t]*<[a-z_]+>)|\\bstd::|\\boperator[ \\t]*[=+<>\\[(*-]");
  private static final Pattern OBJECTIVE_C =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:@(?:interface|implementation|protocol|class|import|end)\\b|#[ \\t]*import\\b)");
  private static final Pattern FOR_CPLUSPLUS_ONLY =
      Pattern.compile(
          "[ \\t]*+#[ \\t]*if(?:def[ \\t]+|[ \\t]+defined[ \\t]*\\(?[ \\t]*)__cplusplus\\b.*");
  private static final Pattern IF = Pattern.compile("[ \\t]*+#[ \\t]*if.*");
  private static final Pattern ELSE = Pattern.compile("[ \\t]*+#[ \\t]*el(?:se|if).*");
  private static final Pattern ENDIF = Pattern.compile("[ \\t]*+#[ \\t]*endif.*");

  private Languages() {}

  /** Returns all ids in alphabetical order. */
  public static List<String> known() {
    return EXTENSIONS.keySet().stream().sorted().toList();
  }

  /**
   * Returns the language of a file, or nothing where it is unknown.
   *
   * @param path with forward slashes
   */
  public static Optional<String> of(String path, String content) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    String byName = BY_FILE_NAME.get(name.toLowerCase(Locale.ROOT));
    if (byName != null) {
      return Optional.of(byName);
    }
    return switch (extension) {
      case "h" -> Optional.of(header(content));
      // Also MATLAB, Prolog, Forth, GLSL, Qt translations and Standard ML.
      case "m" ->
          OBJECTIVE_C.matcher(content).find() ? Optional.of("objective-c") : Optional.empty();
      case "pl" -> looksLikeProlog(content) ? Optional.empty() : Optional.of("perl");
      case "ts" ->
          content.stripLeading().startsWith("<") ? Optional.empty() : Optional.of("typescript");
      default -> Optional.ofNullable(BY_EXTENSION.get(extension)).or(() -> byFirstLine(content));
    };
  }

  /** Returns the language that a corpus calls so, such as {@code C++} or {@code c-sharp}. */
  public static Optional<String> named(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    String id = OTHER_NAMES.getOrDefault(lower, lower);
    return EXTENSIONS.containsKey(id) ? Optional.of(id) : Optional.empty();
  }

  private static String header(String content) {
    String code = codeWithoutComments(content);
    if (CPLUSPLUS.matcher(code).find()) {
      return "cpp";
    }
    if (OBJECTIVE_C.matcher(code).find()) {
      return "objective-c";
    }
    return mode(content).filter("cpp"::equals).orElse("c");
  }

  /** Leaves out what a C header says to C++ compilers only. */
  private static String codeWithoutComments(String content) {
    CodeMask.Kind[] kinds = CodeMask.of(content, Syntax.of("cpp"));
    StringBuilder code = new StringBuilder(content.length());
    for (int i = 0; i < content.length(); i++) {
      code.append(
          kinds[i] == CodeMask.Kind.CODE || content.charAt(i) == '\n' ? content.charAt(i) : ' ');
    }
    List<String> kept = new ArrayList<>();
    int depth = 0;
    for (String line : code.toString().lines().toList()) {
      if (depth > 0) {
        if (IF.matcher(line).matches()) {
          depth++;
        } else if (ENDIF.matcher(line).matches()) {
          depth--;
        } else if (depth == 1 && ELSE.matcher(line).matches()) {
          depth = 0;
        }
      } else if (FOR_CPLUSPLUS_ONLY.matcher(line).matches()) {
        depth = 1;
      } else {
        kept.add(line);
      }
    }
    return String.join("\n", kept);
  }

  private static boolean looksLikeProlog(String content) {
    return !content.startsWith("#!")
        && content.lines().limit(200).anyMatch(line -> line.startsWith(":- "));
  }

  private static Optional<String> byFirstLine(String content) {
    return content.startsWith("#!") ? byInterpreter(firstLine(content)) : mode(content);
  }

  private static Optional<String> byInterpreter(String shebang) {
    for (String word : shebang.substring(2).strip().split("[ \\t]+", -1)) {
      String program = word.substring(word.lastIndexOf('/') + 1);
      // "env -S A=b python3 -u": options and variables stand before the program.
      if (program.equals("env") || word.startsWith("-") || word.contains("=")) {
        continue;
      }
      String language = BY_INTERPRETER.get(program);
      return language != null
          ? Optional.of(language)
          : Optional.ofNullable(BY_INTERPRETER.get(withoutVersion(program)));
    }
    return Optional.empty();
  }

  private static String withoutVersion(String program) {
    int end = program.length();
    while (end > 0 && "0123456789.-".indexOf(program.charAt(end - 1)) >= 0) {
      end--;
    }
    return program.substring(0, end);
  }

  private static Optional<String> mode(String content) {
    Matcher mode = MODE.matcher(firstLine(content));
    return mode.find()
        ? Optional.ofNullable(BY_MODE.get(mode.group(1).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static String firstLine(String content) {
    String start = content.substring(0, Math.min(content.length(), 500));
    return start.lines().findFirst().orElse("");
  }

  private static Map<String, String> byExtension() {
    Map<String, String> languages = new HashMap<>();
    EXTENSIONS.forEach(
        (language, extensions) ->
            extensions.forEach(extension -> languages.put(extension, language)));
    return Map.copyOf(languages);
  }
}
