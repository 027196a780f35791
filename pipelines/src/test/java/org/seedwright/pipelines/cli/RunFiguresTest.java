package org.seedwright.pipelines.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.analysis.RunQuery;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.DocsPage;
import org.seedwright.pipelines.Slow;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.stage.ReplyRow;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** The figures that {@code show RUN} prints, counted once more with the reader of tables. */
@Slow
class RunFiguresTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Shards SHARDS = new Shards(2);
  private static final Pattern PIECE =
      Pattern.compile(
          "'(?i:[sdmt]|ll|ve|re)|[^\r\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\r\n]*|\\s*[\r\n]+|\\s+");

  @TempDir private static Path folder;
  private static StoryWorkspace tales;

  @BeforeAll
  static void runTheChain() throws Exception {
    tales = new StoryWorkspace(Files.createDirectories(folder.resolve("[it's] one")));
    tales.run();
    Path experiment = tales.folder().resolve("short.yaml");
    Files.writeString(
        experiment,
        Files.readString(tales.experiment())
            .replace("name: tales", "name: short")
            .replaceFirst("evolve: .*\n", "evolve: {rounds: 0}\nlimits: {concurrency: 3}\n"));
    assertThat(tales.command("run", experiment.toString()).exitCode()).isZero();
  }

  private static JsonNode show(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("show"));
    all.addAll(List.of(arguments));
    all.add("--json");
    return JSON.readTree(tales.command(all.toArray(String[]::new)).out());
  }

  private static JsonNode rows(String query) throws Exception {
    return show("tales", query).path("queries").path(query);
  }

  private static JsonNode row(String query, String key, String value) throws Exception {
    for (JsonNode row : rows(query)) {
      if (row.path(key).asText().equals(value)) {
        return row;
      }
    }
    throw new AssertionError("%s has no row %s=%s".formatted(query, key, value));
  }

  /** Returns the folder of a stage of the first run. */
  private static Path stage(StoryWorkspace workspace, String name) throws IOException {
    JsonNode run =
        JSON.readTree(Files.readString(workspace.workspace().resolve("runs/tales/run.json")));
    for (JsonNode stage : run.path("stages")) {
      if (stage.path("name").asText().equals(name)) {
        String digits = stage.path("fingerprint").asText().substring(0, 16);
        return workspace.workspace().resolve("stages").resolve(name + "-" + digits);
      }
    }
    throw new AssertionError("run tales has no stage " + name);
  }

  private static <T extends Record> List<T> read(String stage, String table, Class<T> type)
      throws IOException {
    var rows = new ArrayList<T>();
    var files = new TableFolder(stage(tales, stage).toString(), table, SHARDS);
    for (int shard : SHARDS.numbers()) {
      try (var part = files.open(Table.of(type), shard)) {
        part.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  @Test
  void theFunnelHasTheRowsOfEveryTable() throws Exception {
    JsonNode funnel = rows("funnel");

    assertThat(funnel).hasSize(10);
    for (JsonNode stage : funnel) {
      String name = stage.path("stage").asText();
      long rows =
          switch (name) {
            case "sources" -> read(name, "", SourceFile.class).size();
            case "seeds" -> read(name, "", SeedSnippet.class).size();
            default -> read(name, "", Sample.class).size();
          };
      assertThat(stage.path("out").asLong()).as(name).isEqualTo(rows);
      boolean mayReject = Files.isDirectory(stage(tales, name).resolve("rejected"));
      long rejected = mayReject ? read(name, "rejected/", Rejection.class).size() : 0;
      assertThat(stage.path("rejected").asLong()).as(name).isEqualTo(rejected);
    }
    assertThat(rows("rejections"))
        .extracting(row -> row.path("stage").asText() + " " + row.path("reason").asText())
        .contains("instruct markers-missing", "evolve-1 equal-to-parent", "sources nul-bytes");
  }

  @Test
  void aRoundIsWhatItsTablesHold() throws Exception {
    List<Sample> answered = read("respond-1", "", Sample.class);
    List<Sample> parents = read("respond-0", "", Sample.class);
    long asked =
        read("evolve-1", "", Sample.class).size()
            + read("evolve-1", "rejected/", Rejection.class).size();
    long kept =
        read("dataset", "", Sample.class).stream().filter(sample -> sample.round() == 1).count();
    var replies = new ArrayList<>(read("evolve-1", "replies/", ReplyRow.class));
    replies.addAll(read("evolve-1", "judge-replies/", ReplyRow.class));
    replies.addAll(read("respond-1", "replies/", ReplyRow.class));
    long tokens =
        replies.stream()
            .mapToLong(reply -> reply.call().inputTokens() + reply.call().outputTokens())
            .sum();
    double[] growth =
        answered.stream()
            .mapToDouble(
                child ->
                    (double) length(child.instruction())
                        / length(
                            parents.stream()
                                .filter(
                                    parent -> child.parentId().orElseThrow().equals(parent.id()))
                                .findFirst()
                                .orElseThrow()
                                .instruction()))
            .sorted()
            .toArray();

    for (JsonNode round :
        List.of(row("rounds", "round", "1"), row("heuristics", "heuristic", "add-constraints@1"))) {
      assertThat(round.path("asked").asLong()).isEqualTo(asked);
      assertThat(round.path("answered").asLong()).isEqualTo(answered.size()).isPositive();
      assertThat(round.path("kept").asLong()).isEqualTo(kept);
      assertThat(round.path("yield").asDouble()).isEqualTo((double) answered.size() / asked);
      assertThat(round.path("survival").asDouble()).isEqualTo((double) kept / answered.size());
      assertThat(round.path("tokens").asLong()).isEqualTo(tokens).isPositive();
      assertThat(round.path("tokensPerKept").asDouble()).isEqualTo((double) tokens / kept);
      assertThat(round.path("instructionGrowth").asDouble())
          .isEqualTo((growth[(growth.length - 1) / 2] + growth[growth.length / 2]) / 2);
      assertThat(round.path("usd").isNull()).isTrue();
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Test
  void languagesAndLicensesAreThoseOfTheRows() throws Exception {
    List<Sample> kept = read("dataset", "", Sample.class);
    List<Sample> answered = new ArrayList<>(read("respond-0", "", Sample.class));
    answered.addAll(read("respond-1", "", Sample.class));
    List<SourceFile> files = read("sources", "", SourceFile.class);

    hasCounts("languages", "language", "files", counts(files, SourceFile::language));
    hasCounts("languages", "language", "answered", counts(answered, Sample::language));
    hasCounts("languages", "language", "kept", counts(kept, Sample::language));
    hasCounts("licenses", "license", "files", counts(files, file -> file.license().orElse("null")));
    hasCounts(
        "licenses",
        "license",
        "kept",
        counts(kept, sample -> sample.origin().license().orElse("null")));
  }

  private static <T> Map<String, Long> counts(List<T> rows, Function<T, String> by) {
    return rows.stream().collect(groupingBy(by, counting()));
  }

  private static void hasCounts(String query, String key, String figure, Map<String, Long> counts)
      throws Exception {
    assertThat(counts).isNotEmpty();
    for (JsonNode row : rows(query)) {
      String value = row.path(key).asText();
      long expected =
          value.equals("all")
              ? counts.values().stream().mapToLong(Long::longValue).sum()
              : counts.getOrDefault(value, 0L);
      assertThat(row.path(figure).asLong()).as("%s of %s", figure, value).isEqualTo(expected);
    }
  }

  @Test
  void lengthsAreThoseOfTheTexts() throws Exception {
    List<Long> lengths =
        read("dataset", "", Sample.class).stream()
            .map(sample -> PIECE.matcher(sample.instruction()).results().count())
            .sorted()
            .toList();

    for (JsonNode row : rows("lengths")) {
      if (row.path("round").asText().equals("all")
          && row.path("text").asText().equals("instruction")) {
        assertThat(row.path("texts").asLong()).isEqualTo(lengths.size());
        assertThat(row.path("total").asLong())
            .isEqualTo(lengths.stream().mapToLong(Long::longValue).sum());
        assertThat(row.path("min").asLong()).isEqualTo(lengths.get(0));
        assertThat(row.path("max").asLong()).isEqualTo(lengths.get(lengths.size() - 1));
        assertThat(row.path("median").asLong()).isEqualTo(lengths.get((lengths.size() - 1) / 2));
        return;
      }
    }
    throw new AssertionError("no lengths of instructions");
  }

  @Test
  void everyQueryIsPrintedAsATable() {
    String shown = tales.command("show", "tales").out();

    assertThat(shown).startsWith("run tales  ").contains("10 of 10 stages finished\n");
    for (RunQuery query : RunQuery.values()) {
      assertThat(shown).contains("\n%s: %s\n".formatted(query.id(), query.says()));
    }
    assertThat(tales.command("show", "tales", "languages").out())
        .contains("  language  files  seeds  answered  kept  share kept\n")
        .containsPattern("\n  python +5 +5 ")
        .doesNotContain("funnel");
  }

  @Test
  void everyColumnOfEveryQueryIsDocumented() throws Exception {
    DocsPage page = DocsPage.read("analysis.md");
    for (RunQuery query : RunQuery.values()) {
      var columns = new ArrayList<String>();
      page.column(query.id(), 0).forEach(column -> columns.add(AnswerText.camelCase(column)));
      assertThat(rows(query.id()).get(0).fieldNames())
          .toIterable()
          .as("docs/analysis.md, ### %s", query.id())
          .containsExactlyElementsOf(columns);
    }
  }

  @Test
  void aRunIsFoundByItsFolderFromAnywhere() throws Exception {
    Path run = tales.workspace().resolve("runs/tales");
    var bare = StoryWorkspace.bare("show", run.toString(), "funnel", "--json");

    assertThat(bare.err()).isEmpty();
    assertThat(JSON.readTree(bare.out())).isEqualTo(show("tales", "funnel"));
  }

  @Test
  void whatIsNoRunIsNamedWithWhatIs() throws Exception {
    assertError(
        tales.command("show", "novels", "funnel"),
        "no run is called 'novels' in " + tales.workspace() + "; its runs: short, tales");
    assertError(
        tales.command("show", "tales", "funnels"),
        "no query is called 'funnels'; there are funnel, rejections, rounds,");
    assertError(
        tales.command("show", tales.workspace().toString()),
        "is a workspace and not a run; its runs: short, tales");
    assertError(tales.command("show", folder.toString()), folder + " is no run: a run is a folder");
    assertError(
        tales.command("show", folder.resolve("nowhere").toString()),
        "no run: %s is not a folder".formatted(folder.resolve("nowhere")));
    assertError(
        tales.command("show", "tales", "--rejected"),
        "--run, --where, --rejected and --table are for a stage, and 'tales' names a run");
  }

  private static void assertError(StoryWorkspace.Printed printed, String message) {
    assertThat(printed.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err()).contains(message);
  }

  @Test
  void aHalfFinishedRunShowsWhatIsThereAndNamesWhatIsNot() throws Exception {
    StoryWorkspace half = copy("half");
    for (String stage : List.of("dataset", "decontaminate", "respond-1")) {
      Files.delete(stage(half, stage).resolve("_manifest.json"));
    }

    String shown = half.command("show", "tales", "rounds").out();
    assertThat(shown)
        .contains("7 of 10 stages finished; not: respond-1, decontaminate, dataset\n")
        .containsPattern("\n  1 +\\d+ +0 +- +- +- +- ");
    JsonNode json = JSON.readTree(half.command("show", "tales", "rounds", "--json").out());
    assertThat(json.path("missing")).hasSize(3);
    assertThat(json.at("/queries/rounds/1/kept").isNull()).isTrue();
    assertThat(json.at("/queries/rounds/0/answered").asLong()).isEqualTo(4);
  }

  @Test
  void aStageOfAnOlderFormatIsShownWithoutWhatItDoesNotSay() throws Exception {
    StoryWorkspace older = copy("older");
    for (String stage : List.of("instruct", "evolve-1", "respond-1")) {
      edit(
          stage(older, stage).resolve("_manifest.json"),
          manifest -> {
            manifest.put("format", 1);
            var teacher = (ObjectNode) manifest.path("teacher");
            teacher.remove(
                List.of("retries", "paidNanoUsd", "failedNanoUsd", "repliesNanoUsd", "spend"));
          });
    }

    JsonNode round =
        JSON.readTree(older.command("show", "tales", "rounds", "--json").out())
            .at("/queries/rounds/1");
    assertThat(round.path("kept")).isEqualTo(row("rounds", "round", "1").path("kept"));
    assertThat(round.path("tokens").isNull()).isTrue();
    assertThat(round.path("usdPerKept").isNull()).isTrue();
  }

  @Test
  void aFormatThatThisBuildDoesNotReadIsNamed() throws Exception {
    StoryWorkspace newer = copy("newer");
    Path manifest = stage(newer, "respond-1").resolve("_manifest.json");
    edit(manifest, object -> object.put("format", 9));

    assertError(
        newer.command("show", "tales", "rounds"),
        "run tales cannot be read: %s: format 9 is not readable by this build".formatted(manifest));

    Path record = newer.workspace().resolve("runs/tales/run.json");
    edit(record, object -> object.put("format", 7));
    assertThat(newer.command("show", "tales", "rounds").err())
        .contains(record + ": format 7 is not readable by this build, which reads format 1");
  }

  @Test
  void aTableThatWasAlteredIsNotShown() throws Exception {
    StoryWorkspace damaged = copy("damaged");
    Path part;
    try (Stream<Path> parts = Files.list(stage(damaged, "respond-0"))) {
      part =
          parts
              .filter(path -> path.toString().endsWith(".parquet"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);

    var shown = damaged.command("show", "tales", "rounds");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(shown.err()).contains(part.getFileName().toString());
    assertThat(damaged.command("show", "tales", "funnel").exitCode()).isZero();
  }

  @Test
  void twoRunsAreComparedByKeysStagesRowsAndFigures() throws Exception {
    JsonNode compared = JSON.readTree(tales.command("compare", "tales", "short", "--json").out());

    assertThat(compared.at("/first/run").asText()).isEqualTo("tales");
    assertThat(compared.at("/second/run").asText()).isEqualTo("short");
    var keys = new TreeMap<String, String>();
    for (JsonNode key : compared.path("experiment")) {
      keys.put(
          key.path("key").asText(), key.path("first").asText() + " " + key.path("second").asText());
    }
    assertThat(keys)
        .containsEntry("name", "\"tales\" \"short\"")
        .containsEntry("evolve.rounds", "1 0")
        .containsEntry("limits.concurrency", "16 3")
        .doesNotContainKey("seeds.min-lines");
    var stages = new TreeMap<String, String>();
    for (JsonNode stage : compared.path("stages")) {
      stages.put(stage.path("stage").asText(), stage.path("relation").asText());
    }
    assertThat(stages)
        .hasSize(10)
        .containsEntry("respond-0", "shared")
        .containsEntry("evolve-1", "only-first")
        .containsEntry("dataset", "different");
    List<Sample> kept = read("dataset", "", Sample.class);
    long early = kept.stream().filter(sample -> sample.round() == 0).count();
    assertThat(compared.at("/rows/onlyFirst").asLong()).isEqualTo(kept.size() - early);
    assertThat(compared.at("/rows/onlySecond").asLong()).isZero();
    assertThat(compared.at("/rows/equal").asLong()).isEqualTo(early).isPositive();
    assertThat(compared.at("/rows/different").asLong()).isZero();
    JsonNode all = null;
    for (JsonNode figure : compared.at("/figures/rounds")) {
      if (figure.path("round").asText().equals("all")
          && figure.path("figure").asText().equals("kept")) {
        all = figure;
      }
    }
    assertThat(all).isNotNull();
    assertThat(all.path("first").asLong()).isEqualTo(kept.size());
    assertThat(all.path("second").asLong()).isEqualTo(early);
    assertThat(all.path("difference").asLong()).isEqualTo(early - kept.size());
  }

  @Test
  void aComparisonIsPrintedWithWhatDiffers() throws Exception {
    String compared = tales.command("compare", "short", "tales").out();

    assertThat(compared)
        .startsWith("first:  run short  ")
        .contains("\nsecond: run tales  ")
        .containsPattern("\n  evolve.rounds +0 +1\n")
        .containsPattern("\n  sources +shared +6 +6 +0\n")
        .containsPattern("\n  evolve-1 +only second +- +\\d+ +-\n")
        .contains("\n  only in the second run: evolve-1, respond-1\n")
        .containsPattern("\n  all +answered +4 +7 +\\+3\n")
        .containsPattern("\n  \\d+ of \\d+ figures are equal\n");
    assertThat(tales.command("compare", "short", "tales", "rounds", "--all").out())
        .containsPattern("\n  0 +asked +5 +5 +0\n")
        .containsPattern("\n  1 +kept +- +\\d+ +-\n")
        .doesNotContain("figures are equal", "only in the second run", "funnel");
    assertThat(tales.command("compare", "tales", "tales").out())
        .contains("no key differs")
        .containsPattern("\n  (\\d+) of \\1 figures are equal");
  }

  @Test
  void runsOfTwoWorkspacesAndHalfFinishedOnesAreCompared() throws Exception {
    StoryWorkspace half = copy("half-compared");
    Files.delete(stage(half, "dataset").resolve("_manifest.json"));
    Path other = half.workspace().resolve("runs/tales");

    var printed = tales.command("compare", "tales", other.toString());
    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out())
        .contains("second: run tales  " + other + ", 9 of 10 stages finished; not: dataset\n")
        .contains("rows of the data sets\n  not finished\n")
        .containsPattern("\n  dataset +only first ");
    assertError(tales.command("compare", "tales", "novels"), "no run is called 'novels'");
    assertError(
        tales.command("compare", "tales", "short", "funnels"), "no query is called 'funnels'");
  }

  private interface Edit {
    void apply(ObjectNode object);
  }

  private static void edit(Path file, Edit edit) throws IOException {
    var object = (ObjectNode) JSON.readTree(Files.readString(file));
    edit.apply(object);
    Files.writeString(file, JSON.writeValueAsString(object));
  }

  private static StoryWorkspace copy(String name) throws IOException {
    var copy = new StoryWorkspace(folder.resolve(name));
    Path from = tales.workspace();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        String relative = from.relativize(file).toString();
        if (!relative.startsWith("responses")) {
          Path to = copy.workspace().resolve(relative);
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    return copy;
  }
}
