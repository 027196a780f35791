package org.seedwright.pipelines.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.seedwright.pipelines.table.Specimen.Habit;
import org.seedwright.pipelines.table.Specimen.Place;

class CanonicalJsonLawsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So two rows of one text are equal rows. */
  @Property(tries = 300)
  void aRowCanBeReadBackFromItsText(@ForAll("specimens") Specimen row)
      throws JsonProcessingException {
    assertThat(specimen(JSON.readTree(CanonicalJson.text(row)))).isEqualTo(row);
  }

  @Property(tries = 100)
  void equalRowsHaveEqualTexts(@ForAll("specimens") Specimen row) {
    assertThat(CanonicalJson.text(row.withId("x").withId(row.id())))
        .isEqualTo(CanonicalJson.text(row));
  }

  @Property(tries = 1000)
  void anyTextCanBeReadBackHalvesOfSurrogatePairsToo(@ForAll("chars") String text)
      throws JsonProcessingException {
    assertThat(JSON.readTree(CanonicalJson.text(text)).textValue()).isEqualTo(text);
  }

  @Property(tries = 1000)
  void anyNumberCanBeReadBack(@ForAll("numbers") double number) {
    assertThat(Double.parseDouble(CanonicalJson.text(number))).isEqualTo(number);
  }

  @Provide
  Arbitrary<Specimen> specimens() {
    return Specimens.any();
  }

  @Provide
  Arbitrary<String> chars() {
    return Arbitraries.oneOf(
            Arbitraries.chars().all(), Arbitraries.chars().range('\ud700', '\ue000'))
        .list()
        .ofMaxSize(6)
        .map(
            characters -> {
              var text = new StringBuilder();
              characters.forEach(text::append);
              return text.toString();
            });
  }

  @Provide
  Arbitrary<Double> numbers() {
    return Specimens.number();
  }

  private static Specimen specimen(JsonNode node) {
    return new Specimen(
        node.get("id").textValue(),
        node.get("petals").intValue(),
        Long.parseLong(node.get("serial").textValue()),
        node.get("weight").doubleValue(),
        node.get("alive").booleanValue(),
        habit(node.get("habit")),
        place(node.get("foundAt")),
        optional(node, "note", JsonNode::textValue),
        optional(node, "age", JsonNode::intValue),
        optional(node, "accession", accession -> Long.parseLong(accession.textValue())),
        optional(node, "height", JsonNode::doubleValue),
        optional(node, "poisonous", JsonNode::booleanValue),
        optional(node, "formerHabit", CanonicalJsonLawsTest::habit),
        optional(node, "keptAt", CanonicalJsonLawsTest::place),
        list(node.get("names"), JsonNode::textValue),
        list(node.get("whorls"), JsonNode::intValue),
        list(node.get("sightings"), CanonicalJsonLawsTest::place),
        list(node.get("plots"), plot -> list(plot, serial -> Long.parseLong(serial.textValue()))));
  }

  private static Place place(JsonNode node) {
    return new Place(
        node.get("name").textValue(),
        optional(node, "altitude", JsonNode::doubleValue),
        list(node.get("remarks"), JsonNode::textValue));
  }

  private static Habit habit(JsonNode node) {
    return node.textValue().equals("tree") ? Habit.TREE : Habit.CLIMBING_SHRUB;
  }

  private static <T> Optional<T> optional(JsonNode node, String name, Function<JsonNode, T> value) {
    return Optional.ofNullable(node.get(name)).map(value);
  }

  private static <T> List<T> list(JsonNode node, Function<JsonNode, T> value) {
    var list = new ArrayList<T>();
    node.forEach(element -> list.add(value.apply(element)));
    return list;
  }
}
