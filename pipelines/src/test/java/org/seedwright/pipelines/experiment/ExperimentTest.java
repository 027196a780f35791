package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.InstructionGates;
import org.seedwright.pipelines.experiment.DecontaminateConfig.Against;

class ExperimentTest {

  /** Every key once, none at its default where another value is known. */
  private static final String FULL =
      """
      name: full-one
      seed: -9223372036854775808
      shards: 3
      teachers:
        main:
          provider: openai
          base-url: https://example.org:8443/v1
          model: big
          api-key-env: BIG_KEY
          temperature: 0
          top-p: 0.95
          seed: 12
          max-output-tokens: 1000
          timeout-seconds: 30
          attempts: 2
          price: {input: 0.15, output: 1e1}
        judge: {provider: recorded, model: small, recording: replies.jsonl}
        instruct: {provider: recorded, model: instruct, recording: replies.jsonl}
        evolve: {provider: recorded, model: evolve, recording: replies.jsonl}
        respond: {provider: recorded, model: respond, recording: replies.jsonl}
      limits:
        concurrency: 64
        requests-per-minute: 500
        tokens-per-minute: 200000
        give-up-after-seconds: 60
        budget-usd: 20.50
        budget-tokens: 3000000
      sources:
        zebra:
          path: code
          kind: git
          license: PSF-2.0
          max-file-bytes: 5000
          include: ["**/*.py", "lib/**"]
          exclude: {repositories: [a/b], owners: [c], paths: ["gen/**"]}
          languages: [rust, python]
          filters: none
        apple: {path: "~/other"}
        mango:
          path: replies.jsonl
          columns: {content: a, repository: b, path: c, language: d, license: e, revision: f}
      seeds:
        from: zebra
        extractor: random-lines
        min-lines: 2
        max-lines: 20
        per-file: 5
        count: {rust: 7, python: 1000}
        degenerate: keep
        licenses: [permissive, MPL-2.0]
      instruct:
        method: self-instruct
        tasks: mine.jsonl
        requests: 40
        examples: 3
        tasks-per-request: 20
        max-rouge-l: 0.6
        min-words: 2
        max-words: 60
        blocked-words: [video, "go to"]
        language: rust
        license: CC-BY-NC-4.0
      respond: {again: true}
      evolve:
        rounds: 3
        heuristics: [deepen]
        eliminate: rules
        merge: cumulative
      deduplicate:
        method: minhash
        columns: [response, instruction]
        equal: any
        ignore: white-space
        threshold: 0.85
        words: 3
        permutations: 128
        keep: longest
      decontaminate: {against: [mbpp, ./mine.jsonl], tests: [exact, n-gram], words: 8, coverage: 0.25}
      """;

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void makeDesk() {
    desk = new Desk(folder);
  }

  @Test
  void theShortestFileHasTheDefaults() throws Exception {
    assertThat(desk.read(Desk.SHORTEST))
        .isEqualTo(
            new Experiment(
                desk.file(),
                "shortest",
                976,
                16,
                Map.of(TeacherRole.MAIN, recorded("m")),
                new LimitsConfig(16),
                Map.of(
                    "code",
                    new SourceConfig(
                        folder.resolve("code"),
                        SourceConfig.SourceKind.FOLDER,
                        Optional.empty(),
                        1_048_576,
                        List.of(),
                        ExcludeConfig.NONE,
                        List.of(),
                        SourceConfig.Filters.BIGCODE,
                        Map.of())),
                Map.of(
                    "main",
                    new BranchConfig(
                        Optional.empty(),
                        new SeedsConfig(
                            List.of("code"),
                            SeedsConfig.Extractor.RANDOM_LINES,
                            1,
                            15,
                            1,
                            SeedCount.ALL,
                            SeedsConfig.Degenerate.REJECT,
                            List.of()),
                        new InstructConfig(InstructConfig.Method.OSS_INSTRUCT, Optional.empty()),
                        new RespondConfig(false),
                        Optional.empty())),
                Optional.empty(),
                new DeduplicateConfig(
                    DeduplicateConfig.Method.EXACT,
                    List.of(DeduplicateConfig.Column.INSTRUCTION),
                    DeduplicateConfig.Equal.ALL,
                    DeduplicateConfig.Ignore.WHITE_SPACE_AND_CASE,
                    0.7,
                    5,
                    256,
                    DeduplicateConfig.Keep.LOWEST_ROUND),
                new DecontaminateConfig(
                    List.of(), List.of(DecontaminateConfig.Test.EXACT), 10, 0.5)));
  }

  @Test
  void anEvolveBlockHasTheDefaultsOfItsOwn() throws Exception {
    assertThat(desk.read(Desk.SHORTEST + "evolve: {rounds: 1}\n").branches().get("main").evolve())
        .contains(
            new EvolveConfig(
                1,
                new HeuristicsConfig(
                    List.of("add-constraints", "deepen", "misleading-code"), List.of()),
                EvolveConfig.Elimination.RULES_AND_JUDGE,
                MergeConfig.CUMULATIVE));
  }

  @Test
  void everyKeyThatIsGivenIsTaken() throws Exception {
    assertThat(desk.read(FULL))
        .isEqualTo(
            new Experiment(
                desk.file(),
                "full-one",
                Long.MIN_VALUE,
                3,
                Map.of(
                    TeacherRole.MAIN,
                    new TeacherConfig(
                        TeacherConfig.Provider.OPENAI,
                        Optional.of(URI.create("https://example.org:8443/v1")),
                        "big",
                        Optional.of("BIG_KEY"),
                        Optional.of(0.0),
                        Optional.of(0.95),
                        Optional.of(12L),
                        1000,
                        30,
                        2,
                        Optional.empty(),
                        Optional.of(new PriceConfig(new BigDecimal("0.15"), new BigDecimal("10")))),
                    TeacherRole.INSTRUCT,
                    recorded("instruct"),
                    TeacherRole.EVOLVE,
                    recorded("evolve"),
                    TeacherRole.RESPOND,
                    recorded("respond"),
                    TeacherRole.JUDGE,
                    recorded("small")),
                new LimitsConfig(
                    64,
                    Optional.of(500),
                    Optional.of(200_000L),
                    60,
                    Optional.of(new BigDecimal("20.5")),
                    Optional.of(3_000_000L)),
                Map.of(
                    "zebra",
                    new SourceConfig(
                        folder.resolve("code"),
                        SourceConfig.SourceKind.GIT,
                        Optional.of("PSF-2.0"),
                        5000,
                        List.of("**/*.py", "lib/**"),
                        new ExcludeConfig(List.of("a/b"), List.of("c"), List.of("gen/**")),
                        List.of("rust", "python"),
                        SourceConfig.Filters.NONE,
                        Map.of()),
                    "mango",
                    new SourceConfig(
                        folder.resolve("replies.jsonl"),
                        SourceConfig.SourceKind.ROWS,
                        Optional.empty(),
                        1_048_576,
                        List.of(),
                        ExcludeConfig.NONE,
                        List.of(),
                        SourceConfig.Filters.BIGCODE,
                        Map.of(
                            "content", "a",
                            "repository", "b",
                            "path", "c",
                            "language", "d",
                            "license", "e",
                            "revision", "f")),
                    "apple",
                    new SourceConfig(
                        folder.resolve("home/other"),
                        SourceConfig.SourceKind.FOLDER,
                        Optional.empty(),
                        1_048_576,
                        List.of(),
                        ExcludeConfig.NONE,
                        List.of(),
                        SourceConfig.Filters.BIGCODE,
                        Map.of())),
                Map.of(
                    "main",
                    new BranchConfig(
                        Optional.empty(),
                        new SeedsConfig(
                            List.of("zebra"),
                            SeedsConfig.Extractor.RANDOM_LINES,
                            2,
                            20,
                            5,
                            new SeedCount(
                                Optional.empty(), new TreeMap<>(Map.of("python", 1000, "rust", 7))),
                            SeedsConfig.Degenerate.KEEP,
                            List.of("permissive", "MPL-2.0")),
                        new InstructConfig(
                            InstructConfig.Method.SELF_INSTRUCT,
                            Optional.of(
                                new SelfInstructConfig(
                                    folder.resolve("mine.jsonl"),
                                    40,
                                    3,
                                    20,
                                    0.6,
                                    new InstructionGates(2, 60, List.of("video", "go to")),
                                    "rust",
                                    Optional.of("CC-BY-NC-4.0")))),
                        new RespondConfig(true),
                        Optional.of(
                            new EvolveConfig(
                                3,
                                new HeuristicsConfig(List.of("deepen"), List.of()),
                                EvolveConfig.Elimination.RULES,
                                MergeConfig.CUMULATIVE)))),
                Optional.empty(),
                new DeduplicateConfig(
                    DeduplicateConfig.Method.MINHASH,
                    List.of(
                        DeduplicateConfig.Column.RESPONSE, DeduplicateConfig.Column.INSTRUCTION),
                    DeduplicateConfig.Equal.ANY,
                    DeduplicateConfig.Ignore.WHITE_SPACE,
                    0.85,
                    3,
                    128,
                    DeduplicateConfig.Keep.LONGEST),
                new DecontaminateConfig(
                    List.of(Against.benchmark("mbpp"), Against.file(folder.resolve("mine.jsonl"))),
                    List.of(DecontaminateConfig.Test.EXACT, DecontaminateConfig.Test.N_GRAM),
                    8,
                    0.25)));
  }

  @Test
  void instructionsAreResolvedInThePlaceOfSources() throws Exception {
    Experiment experiment =
        desk.read(
            """
            name: given
            teachers: {main: {provider: recorded, model: m, recording: replies.jsonl}}
            instructions:
              path: replies.jsonl
              layout: chat
              rounds: [replies.jsonl]
              language: java
              license: CC-BY-NC-4.0
              count: 7
            """);
    Path file = folder.resolve("replies.jsonl");

    assertThat(experiment.branches().get("main").instructions())
        .contains(
            new InstructionsConfig(
                file,
                InstructionsConfig.Layout.CHAT,
                List.of(file),
                "java",
                Optional.of("CC-BY-NC-4.0"),
                Optional.of(7)));
    assertThat(experiment.withSeeds(3).branches().get("main").instructions().orElseThrow().count())
        .contains(3);
    assertThat(experiment.asked()).containsExactly(TeacherRole.RESPOND);
    assertThat(experiment.resolved())
        .doesNotContainKeys("sources", "seeds", "instruct")
        .extractingByKey("instructions")
        .isEqualTo(
            Map.of(
                "path",
                file.toString(),
                "layout",
                "chat",
                "rounds",
                List.of(file.toString()),
                "language",
                "java",
                "license",
                "CC-BY-NC-4.0",
                "count",
                7));
  }

  @Test
  void everyKeyOfTheSchemaIsInTheFullFile() throws Exception {
    Set<String> known = new TreeSet<>();
    collect(new ObjectMapper().readTree(ExperimentSchema.text()), "", known);
    // A file with one of these keys is several experiments, none of which has it.
    known.removeAll(Set.of("ablate", "subset"));
    // Both take the place of keys of the file.
    known.removeIf(
        key ->
            key.startsWith("instructions.")
                || key.startsWith("branches.")
                || key.startsWith("mix."));
    Set<String> given = new TreeSet<>();
    desk.read(FULL).resolved().forEach((key, value) -> collectGiven(key, value, given));

    assertThat(given).isEqualTo(known);
  }

  private static void collect(JsonNode schema, String path, Set<String> keys) {
    JsonNode properties = schema.path("properties");
    JsonNode named = schema.path("additionalProperties").path("properties");
    if (properties.isMissingNode() && named.isMissingNode()) {
      keys.add(path);
    }
    properties
        .fields()
        .forEachRemaining(
            entry -> {
              String key = path.equals("teachers") ? "*" : entry.getKey();
              collect(entry.getValue(), path.isEmpty() ? key : path + "." + key, keys);
            });
    named
        .fields()
        .forEachRemaining(entry -> collect(entry.getValue(), path + ".*." + entry.getKey(), keys));
  }

  private static void collectGiven(String path, Object value, Set<String> keys) {
    if (value instanceof Map<?, ?> map && !path.equals("seeds.count")) {
      boolean free = path.equals("teachers") || path.equals("sources");
      map.forEach((key, item) -> collectGiven(path + "." + (free ? "*" : key), item, keys));
    } else {
      keys.add(path);
    }
  }

  @Test
  void sourcesKeepTheOrderOfTheFile() throws Exception {
    assertThat(desk.read(FULL).sources().keySet()).containsExactly("zebra", "apple", "mango");
  }

  @Test
  void seedsComeFromEverySourceInTheOrderOfTheFileWhereNoneIsNamed() throws Exception {
    assertThat(desk.read(FULL.replace("  from: zebra\n", "")).branches().get("main").seeds().from())
        .containsExactly("zebra", "apple", "mango");
    assertThat(
            desk.read(FULL.replace("from: zebra", "from: [apple, zebra]"))
                .branches()
                .get("main")
                .seeds()
                .from())
        .containsExactly("apple", "zebra");
  }

  @Test
  void seedsAreCountedInTotalByLanguageOrNotAtAll() throws Exception {
    assertThat(
            desk.read(Desk.SHORTEST + "seeds: {count: 12}").branches().get("main").seeds().count())
        .isEqualTo(new SeedCount(Optional.of(12), Collections.emptySortedMap()));
    assertThat(
            desk.read(Desk.SHORTEST + "seeds: {count: {java: 3}}")
                .branches()
                .get("main")
                .seeds()
                .count()
                .byLanguage())
        .containsExactly(Map.entry("java", 3));
    assertThat(desk.read(Desk.SHORTEST + "seeds: {}").branches().get("main").seeds().count())
        .isEqualTo(SeedCount.ALL);
  }

  @Test
  void aRoleThatIsNotNamedIsPlayedByMain() throws Exception {
    Experiment experiment =
        desk.read(
            Desk.SHORTEST.replace(
                "sources:",
                "  judge: {provider: recorded, model: j, recording: replies.jsonl}\nsources:"));

    assertThat(experiment.teacher(TeacherRole.JUDGE).model()).isEqualTo("j");
    assertThat(experiment.teacher(TeacherRole.EVOLVE).model()).isEqualTo("m");
    assertThat(experiment.teacher(TeacherRole.MAIN).model()).isEqualTo("m");
  }

  @Test
  void pathsResolveAgainstTheFileAndExpandHomeAndVariables() throws Exception {
    assertThat(path("./code/../code")).isEqualTo(folder.resolve("code"));
    assertThat(path("~/other")).isEqualTo(folder.resolve("home/other"));
    assertThat(path("'~'")).isEqualTo(folder.resolve("home"));
    assertThat(path("'${CORPORA}/other'")).isEqualTo(folder.resolve("home/other"));
    assertThat(path(folder.resolve("code").toString())).isEqualTo(folder.resolve("code"));
  }

  private Path path(String path) throws ExperimentException {
    return desk.read(Desk.SHORTEST.replace("path: code", "path: " + path))
        .sources()
        .get("code")
        .path();
  }

  @Test
  void anchorsAndAliasesStandForWhatTheyName() throws Exception {
    Experiment experiment =
        desk.read(
            """
            name: aliases
            teachers:
              main: &teacher {provider: recorded, model: m, recording: replies.jsonl}
              judge: *teacher
            sources: {code: {path: code}}
            """);

    assertThat(experiment.teachers().get(TeacherRole.JUDGE)).isEqualTo(recorded("m"));
  }

  @Test
  void theResolvedExperimentReadsAsAnEqualOne() throws Exception {
    Experiment full = desk.read(FULL);
    assertThat(desk.read(full.resolvedJson())).isEqualTo(full);
    Experiment shortest = desk.read(Desk.SHORTEST);
    assertThat(desk.read(shortest.resolvedJson())).isEqualTo(shortest);
  }

  @Test
  void theResolvedExperimentShowsItsDefaults() throws Exception {
    assertThat(desk.read(Desk.SHORTEST).resolvedJson().replace(folder.toString(), "/desk"))
        .isEqualTo(
            """
            {
              "name" : "shortest",
              "seed" : 976,
              "shards" : 16,
              "teachers" : {
                "main" : {
                  "provider" : "recorded",
                  "model" : "m",
                  "max-output-tokens" : 2500,
                  "timeout-seconds" : 120,
                  "attempts" : 6,
                  "recording" : "/desk/replies.jsonl"
                }
              },
              "limits" : {
                "concurrency" : 16,
                "give-up-after-seconds" : 180
              },
              "sources" : {
                "code" : {
                  "path" : "/desk/code",
                  "kind" : "folder",
                  "max-file-bytes" : 1048576,
                  "filters" : "bigcode"
                }
              },
              "seeds" : {
                "from" : [
                  "code"
                ],
                "extractor" : "random-lines",
                "min-lines" : 1,
                "max-lines" : 15,
                "per-file" : 1,
                "degenerate" : "reject"
              },
              "instruct" : {
                "method" : "oss-instruct"
              },
              "respond" : {
                "again" : false
              },
              "deduplicate" : {
                "method" : "exact",
                "columns" : [
                  "instruction"
                ],
                "equal" : "all",
                "ignore" : "white-space-and-case",
                "threshold" : 0.7,
                "words" : 5,
                "permutations" : 256,
                "keep" : "lowest-round"
              },
              "decontaminate" : {
                "against" : [ ],
                "tests" : [
                  "exact"
                ],
                "words" : 10,
                "coverage" : 0.5
              }
            }
            """);
  }

  private TeacherConfig recorded(String model) {
    return new TeacherConfig(
        TeacherConfig.Provider.RECORDED,
        Optional.empty(),
        model,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        2500,
        120,
        6,
        Optional.of(folder.resolve("replies.jsonl")),
        Optional.empty());
  }
}
