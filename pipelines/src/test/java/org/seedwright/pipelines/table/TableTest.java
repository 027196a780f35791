package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.seedwright.pipelines.table.Specimen.Habit;

class TableTest {
  private record WithMap(String id, Map<String, String> tags) {}

  private record WithSet(String id, Set<String> tags) {}

  private record WithFloat(String id, float weight) {}

  private record WithInstant(String id, Optional<Instant> seen) {}

  private record WithRawList(String id, @SuppressWarnings("rawtypes") List names) {}

  private record WithNestedOptional(String id, Optional<Optional<String>> note) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record WithArray(String id, byte[] bytes) {}

  private record Inner(char mark) {}

  private record WithBadInner(String id, List<Inner> inner) {}

  private record Tree(String id, List<Tree> children) {}

  private record WithSameColumn(String id, String topP, String top_p) {}

  @SuppressWarnings("SameNameButDifferent")
  private record Left(Twin twin) {
    private record Twin(String name) {}
  }

  @SuppressWarnings("SameNameButDifferent")
  private record Right(Twin twin) {
    private record Twin(int name) {}
  }

  private record WithTwins(String id, Left left, Right right) {}

  private record IdSecond(String name, String id) {}

  private record IdNumber(long id) {}

  private record Nothing() {}

  private record Grade(String id, Habit habit) {}

  record Strict(String id, Habit habit) {
    Strict {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("a strict row needs an id");
      }
    }
  }

  private record GradeText(String id, String habit) {}

  @Test
  void everyKindOfComponentHasItsColumn() {
    assertThat(Table.of(Specimen.class).schema())
        .isEqualTo(
            new Schema.Parser()
                .parse(
                    """
                    {"type": "record", "name": "Specimen", "namespace": "seedwright", "fields": [
                      {"name": "id", "type": "string"},
                      {"name": "petals", "type": "int"},
                      {"name": "serial", "type": "long"},
                      {"name": "weight", "type": "double"},
                      {"name": "alive", "type": "boolean"},
                      {"name": "habit", "type": "string"},
                      {"name": "found_at", "type": {"type": "record", "name": "Place", "fields": [
                        {"name": "name", "type": "string"},
                        {"name": "altitude", "type": ["null", "double"], "default": null},
                        {"name": "remarks", "type": {"type": "array", "items": "string"}}]}},
                      {"name": "note", "type": ["null", "string"], "default": null},
                      {"name": "age", "type": ["null", "int"], "default": null},
                      {"name": "accession", "type": ["null", "long"], "default": null},
                      {"name": "height", "type": ["null", "double"], "default": null},
                      {"name": "poisonous", "type": ["null", "boolean"], "default": null},
                      {"name": "former_habit", "type": ["null", "string"], "default": null},
                      {"name": "kept_at", "type": ["null", "Place"], "default": null},
                      {"name": "names", "type": {"type": "array", "items": "string"}},
                      {"name": "whorls", "type": {"type": "array", "items": "int"}},
                      {"name": "sightings", "type": {"type": "array", "items": "Place"}},
                      {"name": "plots",
                       "type": {"type": "array", "items": {"type": "array", "items": "long"}}}]}
                    """));
  }

  @Test
  void aComponentOfAnotherTypeIsRefusedByName() {
    var refused = new LinkedHashMap<Class<? extends Record>, String>();
    refused.put(WithMap.class, "WithMap.tags: java.util.Map<java.lang.String, java.lang.String>");
    refused.put(WithSet.class, "WithSet.tags: java.util.Set<java.lang.String>");
    refused.put(WithFloat.class, "WithFloat.weight: float");
    refused.put(WithInstant.class, "WithInstant.seen: java.time.Instant");
    refused.put(WithRawList.class, "WithRawList.names: java.util.List");
    refused.put(
        WithNestedOptional.class,
        "WithNestedOptional.note: java.util.Optional<java.util.Optional<java.lang.String>>");
    refused.put(WithArray.class, "WithArray.bytes: byte[]");
    refused.put(WithBadInner.class, "Inner.mark: char");

    refused.forEach(
        (type, component) ->
            assertThatThrownBy(() -> Table.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                    component
                        + " cannot be a column; a component is String, int, long, double, boolean,"
                        + " enum, Optional, List or a record of these"));
  }

  @Test
  void aRecordInsideItselfIsRefused() {
    assertThatThrownBy(() -> Table.of(Tree.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tree.children: a record cannot be inside itself");
  }

  @Test
  void twoComponentsOfOneColumnAreRefused() {
    assertThatThrownBy(() -> Table.of(WithSameColumn.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WithSameColumn.top_p: there is a column top_p already");
  }

  @Test
  void twoRecordsOfOneNameAreRefusedWhereTheyDiffer() {
    assertThatThrownBy(() -> Table.of(WithTwins.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WithTwins: two different records are called Twin");
  }

  @Test
  void theFirstComponentMustBeTheId() {
    List<Class<? extends Record>> withoutId =
        List.of(IdSecond.class, IdNumber.class, Nothing.class);

    for (Class<? extends Record> type : withoutId) {
      assertThatThrownBy(() -> Table.of(type))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the first component of %s must be String id".formatted(type.getName()));
    }
  }

  @Test
  void theIdOfARowIsItsFirstComponent() {
    assertThat(Table.of(Specimen.class).id(Specimen.bare("oak-1"))).isEqualTo("oak-1");
  }

  @Test
  void aSerializedTableIsTheSameInstance() throws Exception {
    Table<Specimen> table = Table.of(Specimen.class);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(table);
      out.writeObject(table.coder());
    }

    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isSameAs(table);
      assertThat(in.readObject()).isEqualTo(table.coder()).hasSameHashCodeAs(table.coder());
    }
  }

  @Test
  void theCoderIsDeterministic() throws Exception {
    Coder<Specimen> coder = Table.of(Specimen.class).coder();

    coder.verifyDeterministic();
    assertThat(coder.consistentWithEquals()).isTrue();
    assertThat(coder).isNotEqualTo(Table.of(Grade.class).coder());
  }

  @Test
  void aRowThatItsConstructorRefusesIsRefusedOnDecoding() throws Exception {
    byte[] bytes =
        CoderUtils.encodeToByteArray(Table.of(Grade.class).coder(), new Grade("", Habit.TREE));

    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(Table.of(Strict.class).coder(), bytes))
        .hasMessage("a strict row needs an id");
  }

  @Test
  void aConstantThatTheEnumDoesNotHaveIsRefusedByName() throws Exception {
    byte[] bytes =
        CoderUtils.encodeToByteArray(
            Table.of(GradeText.class).coder(), new GradeText("oak", "liana"));

    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(Table.of(Grade.class).coder(), bytes))
        .hasMessage("Habit has no constant liana");
  }

  @Test
  void halfASurrogatePairIsStoredAsTheReplacementCharacter() throws Exception {
    Coder<Specimen> coder = Table.of(Specimen.class).coder();
    Specimen row = Specimen.bare("\ud800a\ud83d\ude00\udc00");

    assertThat(CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, row)).id())
        .isEqualTo("\ufffda\ud83d\ude00\ufffd");
    assertThat(Table.of(Specimen.class).stored(row).id()).isEqualTo("\ufffda\ud83d\ude00\ufffd");
  }
}
