package org.seedwright.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.PermissiveLicenses;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.ListedFile;
import org.seedwright.pipelines.evaluation.AnswerProgram;
import org.seedwright.pipelines.evaluation.ExecutionMeasurement;
import org.seedwright.pipelines.evaluation.ScoreRow;
import org.seedwright.pipelines.evaluation.VerdictRow;
import org.seedwright.pipelines.execution.ExecutionStore;
import org.seedwright.pipelines.stage.ContaminationHit;
import org.seedwright.pipelines.stage.ExampleSet;
import org.seedwright.pipelines.stage.ImportedInstruction;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.PoolEntry;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.stage.ReplyRow;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.workspace.StageManifest;

/** Checks docs/formats.md against the code; a failure says what the page has to say. */
class FormatsTest {
  private static final List<Path> STAGES =
      Stream.of("stage", "evaluation")
          .map(name -> Path.of("src/main/java/org/seedwright/pipelines", name))
          .toList();

  /** Rows on their way inside one job; they are in no file. */
  private static final Set<String> IN_FLIGHT =
      Set.of(
          "Candidate",
          "Choice",
          "Chosen",
          "ComparedSample",
          "Executed",
          "Fate",
          "Gated",
          "Holder",
          "Keyed",
          "KnownOutcome",
          "Place");

  private final DocsPage page;

  FormatsTest() throws IOException {
    page = DocsPage.read("formats.md");
  }

  private static List<Class<? extends Record>> tables() throws ClassNotFoundException {
    return List.of(
        SourceFile.class,
        ListedFile.class,
        Container.class,
        SeedSnippet.class,
        ExampleSet.class,
        Sample.class,
        Rejection.class,
        NotSelected.class,
        ImportedInstruction.class,
        RequestRow.class,
        ReplyRow.class,
        PoolEntry.class,
        Class.forName("org.seedwright.pipelines.stage.EvolveRound$Pair").asSubclass(Record.class),
        ContaminationHit.class,
        AnswerProgram.class,
        VerdictRow.class,
        ExecutionMeasurement.class,
        ScoreRow.class);
  }

  @Test
  void everyRecordThatAStageWritesIsAmongTheTablesHere() throws Exception {
    var named = new TreeSet<String>();
    for (Path stages : STAGES) {
      try (Stream<Path> sources = Files.list(stages)) {
        for (Path source : sources.toList()) {
          Pattern.compile("Table\\.of\\((\\w+)\\.class\\)")
              .matcher(Files.readString(source, StandardCharsets.UTF_8))
              .results()
              .forEach(found -> named.add(found.group(1)));
        }
      }
    }
    named.removeAll(IN_FLIGHT);

    assertThat(tables().stream().map(Class::getSimpleName))
        .as("add the record to FormatsTest.tables() and to docs/formats.md, or to IN_FLIGHT")
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void thePermissiveLicencesOfThePageAreThoseOfTheCode() throws IOException {
    String page =
        Files.readString(Path.of("../docs/sources.md"), StandardCharsets.UTF_8)
            .split("### Permissive licences", 2)[1];
    assertThat(
            Pattern.compile("`([A-Za-z0-9.-]+)`")
                .matcher(page)
                .results()
                .map(found -> found.group(1)))
        .containsExactlyElementsOf(PermissiveLicenses.ids());
  }

  @Test
  void everyColumnOfEveryTableIsDocumentedInItsOrder() throws Exception {
    var nested = new LinkedHashMap<String, Schema>();
    for (Class<? extends Record> table : tables()) {
      Schema schema = Table.of(table).schema();
      checkColumns(table.getSimpleName(), schema);
      collectNested(schema, nested);
    }
    // A record that is a table too is documented as one.
    for (Class<? extends Record> table : tables()) {
      nested.remove(table.getSimpleName());
    }
    assertThat(nested).isNotEmpty();
    nested.forEach((name, schema) -> checkColumns("Record " + name, schema));
  }

  private void checkColumns(String heading, Schema schema) {
    List<String> expected =
        schema.getFields().stream()
            .map(
                field ->
                    DocsPage.row(
                        List.of(
                            "`" + field.name() + "`",
                            type(field.schema()),
                            field.schema().isUnion() ? "yes" : "no")))
            .toList();
    assertThat(page.rows(heading).stream().map(row -> DocsPage.row(row.subList(0, 3))))
        .as("docs/formats.md, ### %s: column, type, absent, and the meaning after them", heading)
        .containsExactlyElementsOf(expected);
    assertThat(page.column(heading, 3)).as("meanings of %s", heading).noneMatch(String::isBlank);
  }

  private static String type(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> type(schema.getTypes().get(1));
      case ARRAY -> "list of " + type(schema.getElementType());
      case RECORD -> "record " + schema.getName();
      case STRING -> "text";
      case INT -> "int";
      case LONG -> "long";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case ENUM, MAP, FIXED, BYTES, FLOAT, NULL ->
          throw new IllegalArgumentException(schema + " is no column");
    };
  }

  private static void collectNested(Schema schema, Map<String, Schema> nested) {
    switch (schema.getType()) {
      case RECORD ->
          schema
              .getFields()
              .forEach(
                  field -> {
                    Schema inner = inner(field.schema());
                    if (inner.getType() == Schema.Type.RECORD) {
                      nested.put(inner.getName(), inner);
                      collectNested(inner, nested);
                    }
                  });
      default -> throw new IllegalArgumentException(schema + " is no record");
    }
  }

  private static Schema inner(Schema schema) {
    if (schema.isUnion()) {
      return inner(schema.getTypes().get(1));
    }
    return schema.getType() == Schema.Type.ARRAY ? inner(schema.getElementType()) : schema;
  }

  @Test
  void everyReasonIsDocumentedAndNoneIsInvented() {
    List<String> reasons =
        Stream.concat(
                Arrays.stream(org.seedwright.evolve.Reason.values())
                    .map(org.seedwright.evolve.Reason::id),
                Arrays.stream(org.seedwright.decontaminate.Reason.values())
                    .map(org.seedwright.decontaminate.Reason::id))
            .toList();

    assertThat(page.column("Reasons", 0))
        .as("docs/formats.md, ## Reasons: reason, stage, meaning, in the order of the enums")
        .containsExactlyElementsOf(reasons);
    assertThat(page.column("Reasons", 2)).noneMatch(String::isBlank);
  }

  @Test
  void everyMarkIsDocumented() {
    assertThat(page.column("Marks", 0))
        .as("docs/formats.md, ## Marks")
        .containsExactlyElementsOf(
            Arrays.stream(Mark.values())
                .map(mark -> mark.name().toLowerCase(java.util.Locale.ROOT))
                .toList());
  }

  @Test
  void everyFieldOfTheManifestIsDocumentedInItsOrder() {
    assertThat(page.column("_manifest.json", 0))
        .as("docs/formats.md, ### _manifest.json")
        .containsExactlyElementsOf(fields("", StageManifest.class));
  }

  private static List<String> fields(String prefix, Class<?> type) {
    var fields = new ArrayList<String>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + component.getName();
      fields.add(name);
      Type generic = component.getGenericType();
      if (component.getType().isRecord()) {
        fields.addAll(fields(name + ".", component.getType()));
      } else if (component.getType() == List.class
          && generic instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> element
          && element.isRecord()) {
        fields.addAll(fields(name + "[].", element));
      }
    }
    return fields;
  }

  @Test
  void everyColumnOfTheResponseStoreIsDocumented(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("responses.sqlite");
    SqliteResponseStore.open(file, "formats", InstantSource.fixed(Instant.EPOCH)).close();
    assertColumnsAreDocumented(file, "Response store");
  }

  @Test
  void everyColumnOfTheExecutionStoreIsDocumented(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("executions.sqlite");
    ExecutionStore.open(file).close();
    assertColumnsAreDocumented(file, "Execution store");
  }

  private void assertColumnsAreDocumented(Path file, String section) throws Exception {
    var columns = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name)"
                    + " c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
                    + " ORDER BY t.rowid, c.cid")) {
      while (rows.next()) {
        columns.add(
            DocsPage.row(
                List.of(
                    "`" + rows.getString(1) + "`",
                    "`" + rows.getString(2) + "`",
                    rows.getString(3))));
      }
    }

    assertThat(page.rows(section).stream().map(row -> DocsPage.row(row.subList(0, 3))))
        .as("docs/formats.md, ### %s: table, column, type, meaning", section)
        .containsExactlyElementsOf(columns);
  }
}
