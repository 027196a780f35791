package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.store.SqliteResponseStore;

/** The commands that look, on one small workspace in which every fate occurs. */
class LookingCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static StoryWorkspace tales;

  @BeforeAll
  static void runTheChain() throws Exception {
    tales = new StoryWorkspace(folder);
    tales.run();
  }

  private static JsonNode json(String... arguments) throws Exception {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return JSON.readTree(tales.command(all).out());
  }

  /** Returns the id of the first row of a stage's table whose column has a value. */
  private static String id(String stage, String table, String where) throws Exception {
    JsonNode rows =
        table.isEmpty()
            ? json("show", stage, "--where", where).path("first")
            : json("show", stage, "--table", table, "--where", where).path("first");
    assertThat(rows).as("%s %s %s", stage, table, where).isNotEmpty();
    return rows.get(0).path("id").asText();
  }

  private static String explained(String id) {
    var printed = tales.command("explain", id);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.exitCode()).isZero();
    return printed.out();
  }

  @Test
  void aRowOfTheDataSetIsToldFromItsFileToTheDataSet() throws Exception {
    String story = explained(id("dataset", "", "instruction=Print the alpha of a lamp."));

    assertThat(story)
        .contains("fate  in the data set")
        .contains("SOURCE  street: alpha.py")
        .contains("licence    MIT, from SPDX-License-Identifier in line 1")
        .contains("copyright  Copyright (c) 2024 Ada Example")
        .contains("  | print(alpha(LAMP))")
        .contains("instruct in instruct: prompt oss-instruct@1 (digest ")
        .contains("model scripted, served by scripted-2026, temperature 0.0, cap 2,500 tokens")
        .contains("    | Below is a piece of code taken at random")
        .contains("    thinking:\n    | I think of lamps.")
        .contains("reply, ended by stop, 100 tokens in, 20 out:\n    | [Problem Description]")
        .contains("parsed: an instruction and its response")
        .contains("    instruction:\n    | Print the alpha of a lamp.")
        .containsPattern("dataset +[0-9a-f]{16}  went on")
        .containsPattern("MADE OF IT\n  [0-9a-f]{32}  round 1, add-constraints@1: in the data set");
  }

  @Test
  void anEvolvedRowIsToldWithItsParentAndTheJudgesVerdict() throws Exception {
    String child = id("dataset", "", "round=1");

    assertThat(explained(child))
        .contains("ROUND 0  ")
        .contains("ROUND 1  " + child + ", heuristic add-constraints@1, from ")
        .contains("evolve in evolve-1: prompt evolve@1/add-constraints@1")
        .contains("judge in evolve-1: prompt equality@1")
        .contains("    | Not equal\n    parsed: not equal to its parent: it stays")
        .contains("respond in respond-1: prompt respond@1")
        .contains("parsed: a response, which is the whole reply");
  }

  @Test
  void whatAModelWroteIsEscapedForTheTerminal() throws Exception {
    String id = id("dataset", "", "instruction=Print the alpha of a lamp.");

    assertThat(explained(id))
        .contains("Use `alpha(lamp)` and print it.\\u001b[2J")
        .doesNotContain("\u001b");
    assertThat(tales.command("show", "dataset").out()).doesNotContain("\u001b");
    assertThat(tales.command("explain", id, "--json").out()).doesNotContain("\u001b");
  }

  @Test
  void aRowRejectedByAParserIsToldWithTheRawReplyAndTheReason() throws Exception {
    String story = explained(id("instruct", "rejected", "reason=markers-missing"));

    assertThat(story)
        .contains("fate  rejected in instruct: markers-missing (")
        .contains("SOURCE  street: beta.py")
        .contains("    | I would rather talk about the beta of lamps.")
        .contains("parsed: rejected: markers-missing: ")
        .containsPattern("WHERE IT WENT\n  instruct +[0-9a-f]{16}  rejected, markers-missing: ");
  }

  @Test
  void anEliminatedChildIsToldWithTheJudgesVerdict() throws Exception {
    String child = id("evolve-1", "rejected", "reason=equal-to-parent");

    assertThat(explained(child))
        .contains("fate  rejected in evolve-1: equal-to-parent (the judge calls it equal to ")
        .contains("SOURCE  street: gamma.py")
        .contains("    | Add up the gamma of every row, please.\n    parsed: an instruction")
        .contains("    | Equal\n    parsed: equal to its parent: it goes");
  }

  @Test
  void aParentWhoseChildWasEliminatedIsCarriedAndNamesTheChild() throws Exception {
    String child = id("evolve-1", "rejected", "reason=equal-to-parent");
    String parent = json("explain", child).path("lineage").get(0).path("id").asText();

    assertThat(explained(parent))
        .containsPattern(
            "respond-1 +[0-9a-f]{16}  carried to the next round: no child took its place")
        .contains("  %s  round 1, add-constraints@1: rejected in evolve-1".formatted(child));
  }

  @Test
  void aDuplicateIsToldWithWhatWasKeptInstead() throws Exception {
    String duplicate = id("deduplicate", "rejected", "reason=duplicate");
    String kept = json("explain", duplicate).at("/fate/keptInstead/id").asText();

    assertThat(kept).matches("[0-9a-f]{32}").isNotEqualTo(duplicate);
    assertThat(explained(duplicate))
        .contains("fate  rejected in deduplicate: duplicate (" + kept + ")")
        .contains("KEPT INSTEAD  " + kept + ", round 0")
        .containsPattern("KEPT INSTEAD.*\n  instruction:\n  \\| Add up +the gamma")
        .containsPattern("merge +[0-9a-f]{16}  went on");
  }

  @Test
  void aNearDuplicateIsToldWithWhatWasKeptAndHowSimilarThatIs() throws Exception {
    var near = new StoryWorkspace(Files.createDirectories(folder.resolve("near-rows")));
    near.writeSources();
    Files.writeString(
        near.experiment(),
        Files.readString(near.experiment())
            + "deduplicate: {method: minhash, threshold: 0.5, words: 1, columns: [instruction]}\n");
    near.compute();
    JsonNode rejected =
        near.command("show", "deduplicate", "--table", "rejected", "--json").json().path("first");
    assertThat(rejected).isNotEmpty();
    for (JsonNode row : rejected) {
      assertThat(row.path("reason").asText()).isEqualTo("near-duplicate");
      assertThat(row.path("evidence").asText())
          .matches("[0-9a-f]{32}, similarity (1\\.0000|0\\.[0-9]{4})");
    }
    String kept = rejected.get(0).path("evidence").asText().substring(0, 32);
    assertThat(near.command("explain", rejected.get(0).path("id").asText()).out())
        .contains("fate  rejected in deduplicate: near-duplicate (" + kept + ", similarity ")
        .contains("KEPT INSTEAD  " + kept + ", round 0");
  }

  @Test
  void aContaminatedRowIsToldWithEachHitAndItsOwnText() throws Exception {
    String row = id("decontaminate", "rejected", "reason=contaminated");
    String hit = id("decontaminate", "hits", "row_id=" + row);

    assertThat(explained(row))
        .contains("fate  rejected in decontaminate: contaminated (")
        .contains("FOUND IN IT  lamps lamps/1, its prompt, by the test exact, in instruction [19,")
        .contains("hit " + hit)
        .contains("  | RETURN THE NUMBER OF PAIRS OF LAMPS")
        .doesNotContain(ScriptedTeacher.BENCHMARK_PROMPT);
    assertThat(explained(hit)).isEqualTo(explained(row));
  }

  @Test
  void aRejectedFileIsTold() throws Exception {
    String file = id("sources", "rejected", "reason=nul-bytes");

    assertThat(explained(file))
        .startsWith("source file " + file)
        .contains("fate  rejected in sources: nul-bytes (")
        .contains("SOURCE  street: nul.py")
        .contains("licence    none found")
        .contains("first characters:\n  | x\\u0000y");
  }

  @Test
  void aSeedThatWasNotSelectedIsToldWithItsText() throws Exception {
    JsonNode aside = json("show", "seeds", "--table", "not-selected").path("first").get(0);
    String seed = aside.path("id").asText();

    assertThat(explained(seed))
        .startsWith("seed " + seed)
        .contains("fate  not selected in seeds: place 1 by digest; the count ends before it")
        .contains("SOURCE  street: Zeta.java")
        .contains("drawn again from the file");
    assertThat(explained(aside.path("parent_id").asText()))
        .contains("MADE OF IT\n  %s  not selected in seeds".formatted(seed));
  }

  @Test
  void theBeginningOfAnIdIsEnoughAndAnUnknownOneIsWrongInput() throws Exception {
    String id = id("dataset", "", "round=1");

    assertThat(explained(id.substring(0, 8))).isEqualTo(explained(id));
    var unknown = tales.command("explain", "00000000000000000000000000000000");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(unknown.err()).contains("has the id 00000000000000000000000000000000");
    assertThat(tales.command("explain", "abc").err())
        .contains("an id is 8 to 64 of the digits 0-9 and a-f, but was 'abc'");
    assertThat(tales.command("explain", id, "--run", "other").err())
        .contains("no run is called 'other'")
        .contains("[tales]");
  }

  @Test
  void theStoryAsJsonIsOneObjectOfTheSameStory() throws Exception {
    String id = id("dataset", "", "round=1");
    JsonNode story = json("explain", id);

    assertThat(story.path("id").asText()).isEqualTo(id);
    assertThat(story.path("run").asText()).isEqualTo("tales");
    assertThat(story.at("/fate/inDataset").asBoolean()).isTrue();
    assertThat(story.at("/document/license").asText()).isEqualTo("MIT");
    assertThat(story.path("lineage")).hasSize(2);
    assertThat(story.at("/lineage/1/calls")).hasSize(3);
    assertThat(story.at("/lineage/1/calls/1/verdict/accepted").asBoolean()).isTrue();
  }

  @Test
  void showCountsByFateAndColumnAndNamesWhatAStageHas() throws Exception {
    assertThat(tales.command("show", "instruct", "--rejected").out())
        .contains("units  5 in = 4 out + 1 rejected + 0 not selected")
        .contains("markers-missing 1")
        .contains("by reason  markers-missing: 1");
    assertThat(tales.command("show", "dataset").out()).contains("instruction", "median");
    var wrong = tales.command("show", "evolve-9");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(wrong.err())
        .contains(
            "no finished stage and no run is called 'evolve-9'", "evolve-1", "the runs tales");
    assertThat(tales.command("show", "dataset", "--table", "hits").err())
        .contains("stage dataset has no table 'hits'");
  }

  @Test
  void theListNamesStagesAttemptsStoresAndRuns() throws Exception {
    Path attempt =
        Files.createDirectories(tales.workspace().resolve("stages/.attempt-evolve-1-0123-left"));
    Files.writeString(attempt.resolve("part"), "12345");

    String list = tales.command("workspace", "list").out();
    assertThat(list)
        .containsPattern("dataset +[0-9a-f]{16} .* tales\n")
        .contains(".attempt-evolve-1-0123-left   5 B")
        .contains("responses/responses.sqlite")
        .containsPattern("tales +\\S+Z +10 of 10");
    JsonNode store = json("workspace", "list").path("stores").get(0);
    assertThat(store.path("replies").asLong()).isPositive();
    try (SqliteResponseStore held =
        Stores.open(tales.workspace().resolve("responses/responses.sqlite"), "test")) {
      assertThat(held.stats().replies()).isEqualTo(store.path("replies").asLong());
      assertThat(tales.command("workspace", "list").out())
          .contains("unknown")
          .contains("in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void anAbsentWorkspaceIsListedAsAbsentAndNotMade() throws Exception {
    var absent = new StoryWorkspace(folder.resolve("absent"));

    var listed = absent.command("workspace", "list");
    assertThat(listed.exitCode()).isZero();
    assertThat(listed.out()).contains("not there yet");
    assertThat(absent.workspace()).doesNotExist();
  }

  @Test
  void aPlanOfAFinishedRunAsksNothing() throws Exception {
    var planned = tales.command("plan", tales.experiment().toString());

    assertThat(planned.out())
        .contains("10 stages: 10 reused, 0 to compute; 0 requests in all")
        .contains("store: ");
  }

  @Test
  void aPlanOfANewRunBoundsItsRequestsAndWritesNothingButTheDigests() throws Exception {
    var fresh = new StoryWorkspace(Files.createDirectories(folder.resolve("fresh")));
    fresh.writeSources();

    var planned = fresh.command("plan", fresh.experiment().toString());
    assertThat(planned.out())
        .containsPattern("instruct +[0-9a-f]{16}  to compute +at most 5 +at most 5 instruct")
        .containsPattern("evolve-1 .*at most 5 evolve \\+ at most 5 judge")
        .contains("at most 20 requests in all")
        .contains("store: none yet");
    var files = new ArrayList<String>();
    try (var tree = Files.walk(fresh.workspace())) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> files.add(fresh.workspace().relativize(file).toString()));
    }
    assertThat(files).isEqualTo(List.of("cache/digests.tsv"));
  }

  @Test
  void aPlanPricesItsRequestsAndHoldsThemAgainstTheBudget() throws Exception {
    var priced = new StoryWorkspace(Files.createDirectories(folder.resolve("priced")));
    priced.writeSources();
    String unpriced = Files.readString(priced.experiment());
    Files.writeString(
        priced.experiment(),
        unpriced.replace("temperature: 0}", "temperature: 0, price: {input: 1, output: 2}}")
            + "limits: {budget-usd: 0.01, budget-tokens: 60000}\n");

    // At most five instruct, evolve, judge and respond, each with a cap of 2,500 tokens.
    String plan = priced.command("plan", priced.experiment().toString()).out();
    assertThat(plan)
        .containsPattern(
            "money: about 0\\.10\\d\\d USD; 0\\.\\d{4} USD if every reply ran to its cap")
        .contains("budget: 0.0100 USD, 0.00 spent, 0.00 reserved; not enough for the estimate")
        .contains("budget: 60,000 tokens, 0 spent, 0 reserved; enough for the estimate, not");

    Files.writeString(priced.experiment(), unpriced);
    assertThat(priced.command("plan", priced.experiment().toString()).out())
        .contains("money: no price is given for instruct, evolve, judge, respond")
        .doesNotContain("budget");
  }

  @Test
  void aPlanSaysHowNearDuplicatesAreFoundWhereTheyAre() throws Exception {
    var near = new StoryWorkspace(Files.createDirectories(folder.resolve("near")));
    near.writeSources();
    assertThat(near.command("plan", near.experiment().toString()).out()).doesNotContain("Jaccard");
    Files.writeString(
        near.experiment(),
        Files.readString(near.experiment()).replaceAll("(?m)^deduplicate:.*\\R", "")
            + "deduplicate: {method: minhash, threshold: 0.8, keep: longest}\n");
    assertThat(near.command("plan", near.experiment().toString()).out())
        .contains("deduplicate: runs of 5 words, threshold 0.8, ")
        .contains("  Jaccard      0.30")
        .contains("of each cluster longest stays");
    JsonNode planned =
        new ObjectMapper()
            .readTree(near.command("plan", near.experiment().toString(), "--json").out());
    List<JsonNode> minhash = planned.path("stages").findValues("minhash");
    assertThat(minhash).hasSize(1);
    assertThat(minhash.get(0).path("keep").asText()).isEqualTo("longest");
    assertThat(minhash.get(0).path("found").path("0.80").asDouble()).isBetween(0.95, 1.0);
  }

  @Test
  void theStatsTellWhatEachRunSpent() throws Exception {
    JsonNode account = json("store", "stats").path("accounts").get(0);

    assertThat(account.path("run").asText()).isEqualTo("tales");
    assertThat(account.path("spentTokens").asLong()).isPositive();
    assertThat(account.path("reservedTokens").asLong()).isZero();
    assertThat(tales.command("store", "stats").out()).containsPattern("tales +[0-9,]+ +0\\.00");
  }

  @Test
  void aPlanWorksWhileARunHoldsTheStore() throws Exception {
    try (SqliteResponseStore held =
        Stores.open(tales.workspace().resolve("responses/responses.sqlite"), "test")) {
      assertThat(held.stats().replies()).isPositive();
      assertThat(tales.command("plan", tales.experiment().toString()).out())
          .contains("in use by process", "what it holds is unknown");
    }
  }

  @Test
  void theDoctorTriesTheEngineAndTheStoreAndLeavesNothingBehind() throws Exception {
    JsonNode found = json("doctor");

    assertThat(found.path("ok").asBoolean()).isTrue();
    assertThat(found.path("checks").findValuesAsText("name"))
        .contains("java", "memory", "workspace", "tmp", "store", "engine", "benchmarks", "git")
        .contains("flink", "postgresql", "dataflow", "docker", "bubblewrap");
    try (var left = Files.list(tales.workspace())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("cache", "responses", "runs", "stages");
    }
  }
}
