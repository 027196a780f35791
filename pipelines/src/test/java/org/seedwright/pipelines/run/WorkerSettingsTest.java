package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.ClusterUnusableException;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.Vocabulary;
import org.seedwright.pipelines.store.PostgresAddress;

class WorkerSettingsTest {
  private static final String EXPERIMENT =
      """
      name: shared
      teachers:
        main:
          provider: openai
          base-url: http://127.0.0.1:8089/v1
          model: simulated-teacher
          price: {input: 0.15, output: 0.6}
        judge:
          provider: openai
          base-url: http://127.0.0.1:8089/v1
          model: simulated-judge
          api-key-env: JUDGE_KEY
          price: {input: 1, output: 2}
      sources: {demo: {path: %s}}
      seeds: {count: {python: 1}}
      limits: {concurrency: 7, requests-per-minute: 100, tokens-per-minute: 3, budget-usd: 1.5}
      """;

  @TempDir Path folder;

  @Test
  void aWorkerGetsAnEqualShareOfTheLimitsAndTheWholeBudget() throws Exception {
    WorkerSettings settings = settings(4);

    assertThat(settings.pressure().limits().concurrency()).isEqualTo(1);
    assertThat(settings.pressure().limits().requestsPerMinute()).hasValue(25);
    assertThat(settings.pressure().limits().tokensPerMinute()).hasValue(1);
    assertThat(settings.most().budget().nanoUsd()).hasValue(1_500_000_000L);
    assertThat(settings.most().budget().tokens()).isEmpty();
  }

  @Test
  void settingsThatTravelledAreEqualToThoseThatStayed() throws Exception {
    WorkerSettings settings = settings(2);

    assertThat(SerializableUtils.clone(settings)).isEqualTo(settings);
    assertThat(settings.store()).isEqualTo("postgresql://me@db:5432/replies?sslmode=require");
  }

  @Test
  void rolesWithTheSameTeacherShareIt() throws Exception {
    var teachers = settings(2).teachers(name -> "key");

    assertThat(teachers.get("evolve")).isSameAs(teachers.get("instruct"));
    assertThat(teachers.get("judge")).isNotSameAs(teachers.get("instruct"));
  }

  @Test
  void aKeyThatAWorkerLacksIsNamedWithThePlaceToSetIt() throws Exception {
    WorkerSettings settings = settings(2);

    assertThatThrownBy(() -> settings.teachers(name -> null))
        .isInstanceOf(ClusterUnusableException.class)
        .hasMessageContaining("JUDGE_KEY")
        .hasMessageContaining("must be set for every TaskManager");
  }

  @Test
  void theVariablesThatWorkersNeedAreThoseOfTheKeys() throws Exception {
    assertThat(WorkerSettings.variables(experiment())).containsExactly("JUDGE_KEY");
  }

  private WorkerSettings settings(int workers) throws Exception {
    return WorkerSettings.of(
        experiment(), PostgresAddress.parse("postgresql://me@db/replies?sslmode=require"), workers);
  }

  private Experiment experiment() throws Exception {
    Path file = folder.resolve("shared.yaml");
    Files.writeString(file, EXPERIMENT.formatted(Files.createDirectories(folder.resolve("src"))));
    return Experiment.read(file, new Vocabulary(Set.of("python"), Set.of(), Set.of()));
  }
}
