package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.dataflow.JobFile;
import org.seedwright.dataflow.LoopbackOnly;
import org.seedwright.dataflow.TranslatingEngine;
import org.seedwright.pipelines.engine.LocalEngine;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.run.ExperimentPlan;
import org.seedwright.pipelines.run.PlannedStage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.workspace.StageAttempt;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.TeacherUse;
import org.seedwright.pipelines.workspace.Units;
import org.seedwright.pipelines.workspace.Workspace;

/**
 * Every job of a chain with a judge and two rounds, as Dataflow would be sent it: translated
 * without a network, never run.
 */
@EnabledIfSystemProperty(
    named = "seedwright.test.dataflow",
    matches = "true",
    disabledReason = "run with -Pdataflow")
class DataflowJobsTest {
  private static final String ROOT = "gs://my-bucket/ws";

  @TempDir private static Path folder;

  /** Every job names it, as the place where it is written. */
  @TempDir private static Path translated;

  private static final LoopbackOnly NETWORK = new LoopbackOnly();

  private static final Map<String, JobFile> JOBS = new TreeMap<>();

  @BeforeAll
  static void translateEveryStage() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(NETWORK);
    try {
      translate();
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static void translate() throws Exception {
    Path here = Files.createDirectories(folder.resolve("workspace"));
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(folder.resolve("sources/lamp.py"), "print('lamp')\n");
    Files.writeString(
        folder.resolve("mine.jsonl"),
        "{\"task_id\": \"t/1\", \"prompt\": \"Count all the lamps of a street.\"}\n");
    Path file =
        Files.writeString(
            folder.resolve("chain.yaml"),
            """
            name: chain
            seed: 1
            shards: 4
            teachers:
              main:
                provider: openai
                base-url: http://127.0.0.1:9/v1
                model: any
                temperature: 0
                api-key-env: SEEDWRIGHT_TEST_KEY
            sources:
              street: {path: sources}
            seeds: {count: {python: 5}}
            evolve: {rounds: 2, heuristics: code, eliminate: rules+judge}
            decontaminate: {against: [./mine.jsonl], tests: [exact]}
            """);
    ExperimentPlan plan =
        ExperimentPlan.of(
            Experiment.read(file, Vocabularies.builtIn()),
            new Workspace(here.toString()),
            folder.resolve("digests.tsv"),
            Optional.empty());
    var finished = new LinkedHashMap<String, StageWork.Input>();
    try (var engine = new TranslatingEngine(translated, "dataset")) {
      assertThat(engine.here()).isInstanceOf(LocalEngine.class);
      for (PlannedStage planned : plan.stages()) {
        String there = planned.folder().replace(here.toString(), ROOT);
        // Its job is none of Dataflow's: it reads files of this machine.
        if (!planned.stage().name().equals("sources")) {
          translate(planned, there, engine, finished);
        }
        finished.put(planned.stage().name(), new StageWork.Input(there, manifest(planned)));
      }
      JOBS.putAll(engine.jobs());
    }
  }

  private static void translate(
      PlannedStage planned,
      String there,
      TranslatingEngine engine,
      Map<String, StageWork.Input> finished)
      throws IOException, InterruptedException {
    var inputs = new TreeMap<String, StageWork.Input>();
    planned.stage().inputs().forEach(name -> inputs.put(name, finished.get(name)));
    var shards = new Shards(4);
    // Not closed: there is no such folder to be cleared away.
    var attempt = StageAttempt.begin(new Workspace(ROOT), there, shards);
    var work =
        new StageWork(
            planned.stage().name(),
            engine,
            attempt,
            shards,
            inputs,
            (job, role, any, requests, replies, read) -> TeacherUse.NONE);
    try {
      planned.stage().compute(work);
    } catch (TranslatingEngine.NothingWritten ended) {
      assertThat(planned.stage().name()).isEqualTo("dataset");
    }
  }

  /** Says that a row came out. */
  private static StageManifest manifest(PlannedStage planned) {
    return new StageManifest(
        StageManifest.FORMAT,
        planned.stage().name(),
        planned.stage().version(),
        planned.fingerprint(),
        "{}",
        planned.inputs(),
        4,
        new Units(1, 1, Map.of(), 0, 0),
        "1-00",
        List.of(),
        TeacherUse.NONE,
        1,
        "test",
        Map.of());
  }

  @Test
  void everyJobOfEveryStageIsTranslated() {
    assertThat(JOBS.keySet())
        .containsExactly(
            "dataset",
            "decontaminate",
            "deduplicate",
            "evolve-1-judge",
            "evolve-1-judge-render",
            "evolve-1-parse",
            "evolve-1-render",
            "evolve-2-judge",
            "evolve-2-judge-render",
            "evolve-2-parse",
            "evolve-2-render",
            "instruct-parse",
            "instruct-render",
            "merge",
            "respond-0-parse",
            "respond-0-render",
            "respond-1-parse",
            "respond-1-render",
            "respond-2-parse",
            "respond-2-render",
            "seeds");
  }

  @Test
  void nobodyOutsideTheMachineIsAsked() {
    assertThat(NETWORK.refused()).isEmpty();
  }

  @Test
  void theStepsAreThoseOfTheStage() {
    // Shards are read, rows brought together by shard with every shard's own mark, and written.
    assertThat(JOBS.get("dataset").kinds())
        .containsExactly(
            "ParallelRead",
            "ParallelDo",
            "ParallelDo",
            "ParallelRead",
            "Flatten",
            "GroupByKey",
            "ParallelDo");
    // One shuffle for the count, and one for each of three tables.
    assertThat(JOBS.get("seeds").kinds()).filteredOn("GroupByKey"::equals).hasSize(4);
  }

  @Test
  void everyJobGroupsAndWrites() {
    JOBS.forEach(
        (name, job) -> assertThat(job.kinds()).as(name).contains("GroupByKey", "ParallelDo"));
  }

  @Test
  void noJobHoldsAKeyOrAPathOfThisMachine() {
    String key = System.getenv("SEEDWRIGHT_TEST_KEY");
    assertThat(key).isNotBlank();
    JOBS.forEach(
        (name, job) -> {
          // Where this is found, the objects inside the job were opened.
          assertThat(job.texts()).as(name).anyMatch(text -> text.contains(ROOT + "/stages/"));
          for (String text : job.texts()) {
            assertThat(text)
                .as(name)
                .doesNotContain(key, "SEEDWRIGHT_TEST_KEY")
                .doesNotContain(folder.toString(), System.getProperty("user.dir"))
                .doesNotContain(System.getProperty("user.home") + "/", "file:/");
          }
        });
  }
}
