package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What samples must not overlap, and how overlap is found.
 *
 * @param against benchmarks and files in the order of the file; may be empty
 * @param tests at least one
 * @param words of a run of the n-gram test
 * @param coverage share of a text's words from which the n-gram test finds it
 */
public record DecontaminateConfig(
    List<Against> against, List<Test> tests, int words, double coverage) {

  public DecontaminateConfig {
    against = List.copyOf(against);
    tests = List.copyOf(tests);
    if (tests.isEmpty()) {
      throw new IllegalArgumentException("decontaminate.tests must name at least one test");
    }
  }

  /**
   * A text that samples must not overlap: a benchmark known by its id, or a JSONL file. Exactly one
   * is present.
   *
   * @param file absolute
   */
  public record Against(Optional<String> benchmark, Optional<Path> file) {

    public Against {
      requireNonNull(benchmark, "benchmark is null");
      requireNonNull(file, "file is null");
      if (benchmark.isPresent() == file.isPresent()) {
        throw new IllegalArgumentException("one of benchmark and file must be present");
      }
    }

    /** Returns the overlap with a benchmark known by its id. */
    public static Against benchmark(String id) {
      return new Against(Optional.of(id), Optional.empty());
    }

    /** Returns the overlap with a JSONL file. */
    public static Against file(Path file) {
      return new Against(Optional.empty(), Optional.of(file));
    }

    private static Kind<Against> kind(Vocabulary vocabulary) {
      Kind<Against> benchmark =
          Kinds.idOf("benchmark", vocabulary.benchmarks()).as(Against::benchmark);
      Kind<Against> file = Paths.file().as(Against::file);
      String known =
          vocabulary.benchmarks().isEmpty()
              ? ""
              : " (%s)".formatted(String.join(", ", vocabulary.benchmarks()));
      return new Kind<>(
          "a benchmark%s or ./FILE.jsonl".formatted(known),
          Kinds.type("string").put("minLength", 1),
          () -> benchmark("benchmark"),
          (node, place) ->
              isPath(Shown.value(node)) ? file.read(node, place) : benchmark.read(node, place));
    }

    private static boolean isPath(String text) {
      return text.contains("/")
          || text.startsWith("~")
          || text.startsWith("${")
          || text.endsWith(".jsonl");
    }

    private Object resolved() {
      return benchmark.isPresent() ? benchmark.get() : file.orElseThrow().toString();
    }
  }

  /** How overlap is found. */
  public enum Test implements Word {
    /** A benchmark's text occurs in the sample after normalisation. */
    EXACT("exact"),

    /** The sample has a large part of a benchmark's text in runs of words. */
    N_GRAM("n-gram");

    private final String id;

    Test(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static DecontaminateConfig bind(Section section) {
    return new DecontaminateConfig(
        section
            .key("against", "Benchmarks by id, and JSONL files by a path such as ./mine.jsonl.")
            .is(Groups.list(Against.kind(section.vocabulary()), 0))
            .orElse(List.of()),
        section
            .key("tests", "How overlap is found; a sample that any test hits is rejected.")
            .is(Groups.list(Kinds.word(Test.class), 1))
            .orElse(List.of(Test.EXACT)),
        section
            .key("words", "Words of a run; for the n-gram test.")
            .is(Kinds.integer(6, 100))
            .orElse(10),
        section
            .key(
                "coverage",
                "Share of a benchmark text's words from which it is found; for the n-gram test.")
            .is(Kinds.decimalAbove(0, 1))
            .orElse(0.5));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("against", against.stream().map(Against::resolved).toList());
    keys.put("tests", tests);
    keys.put("words", words);
    keys.put("coverage", coverage);
    return keys;
  }
}
