package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.ListedFile;
import org.seedwright.pipelines.evaluation.AnswerProgram;
import org.seedwright.pipelines.evaluation.ExecutionMeasurement;
import org.seedwright.pipelines.evaluation.ScoreRow;
import org.seedwright.pipelines.evaluation.VerdictRow;
import org.seedwright.pipelines.stage.ContaminationHit;
import org.seedwright.pipelines.stage.ExampleSet;
import org.seedwright.pipelines.stage.ImportedInstruction;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.stage.ReplyRow;
import org.seedwright.pipelines.stage.RequestRow;

/** The columns of the tables that stages write: others read them, and earlier runs have them. */
class StageTableSchemasTest {
  private static final Path SCHEMAS = Path.of("src/test/resources/schemas");
  private static final String WRITE = "seedwright.schemas.write";

  private static final List<Class<? extends Record>> ROWS =
      List.of(
          AnswerProgram.class,
          Container.class,
          ContaminationHit.class,
          ExampleSet.class,
          ExecutionMeasurement.class,
          ImportedInstruction.class,
          ListedFile.class,
          NotSelected.class,
          PoolEntry.class,
          Rejection.class,
          ReplyRow.class,
          RequestRow.class,
          Sample.class,
          ScoreRow.class,
          SeedSnippet.class,
          SourceFile.class,
          VerdictRow.class);

  @Test
  void noColumnOfAStageTableChangesUnnoticed() throws IOException {
    for (Class<? extends Record> row : ROWS) {
      Path file = SCHEMAS.resolve(row.getSimpleName() + ".avsc");
      String schema = SchemaFormatter.format("json/pretty", Table.of(row).schema()) + "\n";
      if (Boolean.getBoolean(WRITE)) {
        Files.createDirectories(SCHEMAS);
        Files.writeString(file, schema);
      }

      assertThat(Files.exists(file) ? Files.readString(file) : "")
          .as(
              "the columns of %s changed: raise the version of every stage that writes it, then"
                  + " write %s anew with -D%s=true",
              row.getSimpleName(), file, WRITE)
          .isEqualTo(schema);
    }
  }

  @Test
  void everySchemaIsOfARow() throws IOException {
    var expected = new TreeSet<String>();
    ROWS.forEach(row -> expected.add(row.getSimpleName() + ".avsc"));

    try (var files = Files.list(SCHEMAS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
