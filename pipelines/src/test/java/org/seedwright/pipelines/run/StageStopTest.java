package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.engine.DirectEngine;
import org.seedwright.pipelines.stage.StageStoppedException;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.FinalTeacherException;
import org.seedwright.pipelines.teacher.Teacher;

/** A stage whose teacher goes away stops, and loses nothing. */
class StageStopTest {
  @TempDir private Path scratch;

  private Sketch sketch() throws IOException {
    Path sources = Files.createDirectories(scratch.resolve("sources"));
    for (int i = 0; i < 8; i++) {
      Files.writeString(sources.resolve("module%d.py".formatted(i)), "total = %d\n".formatted(i));
    }
    return Sketch.of(sources).with("shards", "2").with("teachers", ScriptedTeacher.TEACHERS);
  }

  private long instructFolders(Chain chain) throws IOException {
    try (var folders = Files.list(chain.workspace().resolve("stages"))) {
      return folders.filter(folder -> folder.getFileName().toString().contains("instruct")).count();
    }
  }

  @Test
  void whereNobodyListensTheStageStopsWithoutAFolder() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    // Port 1 of the loopback address: connection refused.
    Sketch sketch =
        sketch()
            .with("teachers", Sketch.teacher("http://127.0.0.1:1/v1"))
            .with("limits", "{concurrency: 4, give-up-after-seconds: 1}");

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine()))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageStartingWith(
            "instruct-answer: 8 requests have no reply; run the same command again to ask for these only\n");
    assertThat(instructFolders(chain)).isZero();
  }

  @Test
  void repliesThatCameAreKeptAndARerunAsksForTheRest() throws Exception {
    Chain chain = Chain.in(scratch.resolve("chain"));
    Sketch sketch = sketch();
    var good = new ScriptedTeacher(Scripts::good);
    var calls = new AtomicInteger();
    Teacher leaving =
        (request, maxOutputTokens) -> {
          if (calls.incrementAndGet() > 5) {
            throw new FinalTeacherException(
                FailureKind.OUT_OF_CREDIT, OptionalInt.of(402), "the account is empty");
          }
          return good.ask(request, maxOutputTokens);
        };

    assertThatThrownBy(() -> chain.run(sketch, new DirectEngine(), leaving))
        .isInstanceOf(StageStoppedException.class)
        .hasMessageContaining("instruct-answer: 3 requests have no reply")
        .hasMessageContaining("the account is empty");
    assertThat(instructFolders(chain)).isZero();
    assertThat(good.times()).isEqualTo(5);

    Chain.Run second = chain.run(sketch, new DirectEngine(), good);

    assertThat(good.times()).isEqualTo(8);
    assertThat(good.asked.get("instruct")).doesNotHaveDuplicates();
    assertThat(second.computed()).doesNotContain("sources", "seeds").contains("instruct");
    assertThat(second.stage("instruct").manifest().teacher().storeHits()).isEqualTo(5);
    assertThat(second.stage("instruct").manifest().teacher().paidCalls()).isEqualTo(3);
    assertThat(second.stage("dataset").manifest().units().out()).isEqualTo(8);
  }
}
