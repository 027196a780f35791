package org.seedwright.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.ExperimentException;
import org.seedwright.pipelines.experiment.Vocabulary;

/** Checks docs/experiment.md against the schema and against what a file with mistakes is told. */
class ExperimentPageTest {
  private static final Set<String> SECTIONS =
      Set.of(
          "The run",
          "teachers",
          "limits",
          "sources",
          "branches, mix",
          "instructions",
          "seeds",
          "instruct, respond",
          "evolve",
          "deduplicate, decontaminate",
          "ablate, subset");

  @Test
  void everyKeyOfTheSchemaStandsOnThePageWithRangeDefaultAndMeaning() throws Exception {
    JsonNode schema =
        new ObjectMapper().readTree(Files.readString(Path.of("../docs/experiment.schema.json")));
    var expected = new ArrayList<String>();
    rows("", schema, expected);
    schema
        .at("/properties/branches/additionalProperties/properties")
        .properties()
        .forEach(
            key ->
                assertThat(key.getValue())
                    .as("branches.NAME.%s is what %s is", key.getKey(), key.getKey())
                    .isEqualTo(schema.at("/properties/" + key.getKey())));
    DocsPage page = DocsPage.read("experiment.md");

    assertThat(SECTIONS.stream().flatMap(section -> page.rows(section).stream()).map(DocsPage::row))
        .as("docs/experiment.md, ## Keys")
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void rows(String prefix, JsonNode schema, List<String> rows) {
    var required = new TreeSet<String>();
    schema.path("required").forEach(key -> required.add(key.asText()));
    for (var property : schema.path("properties").properties()) {
      JsonNode value = property.getValue();
      String key = prefix + property.getKey();
      rows.add(
          DocsPage.row(
              List.of(
                  "`" + key + "`",
                  values(value),
                  required.contains(property.getKey()) ? "required" : byDefault(value),
                  value.get("description").asText())));
      if (key.equals("teachers")) {
        // Every role takes the same keys.
        value
            .get("properties")
            .properties()
            .forEach(
                role ->
                    rows.add(
                        DocsPage.row(
                            List.of(
                                "`teachers." + role.getKey() + "`",
                                "mapping",
                                role.getKey().equals("main") ? "required" : "",
                                role.getValue().get("description").asText()))));
        rows("teachers.ROLE.", value.at("/properties/main"), rows);
      } else {
        rows(key + ".", value, rows);
        // A branch takes the keys of a file that has none.
        if (!key.equals("branches") && isMapping(value.path("additionalProperties"))) {
          rows(key + ".NAME.", value.get("additionalProperties"), rows);
        }
      }
    }
  }

  private static boolean isMapping(JsonNode schema) {
    return schema.path("type").asText().equals("object");
  }

  private static String values(JsonNode schema) {
    if (schema.has("anyOf")) {
      return each(schema.get("anyOf")).stream()
          .map(ExperimentPageTest::values)
          .collect(Collectors.joining(" or "));
    }
    if (schema.has("const")) {
      return "`" + schema.get("const").asText() + "`";
    }
    if (schema.has("enum")) {
      return each(schema.get("enum")).stream()
          .map(word -> "`" + word.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    String type = schema.path("type").asText("anything");
    return switch (type) {
      case "array" -> "list of " + values(schema.path("items"));
      case "object" -> {
        JsonNode others = schema.path("additionalProperties");
        yield others.isObject() && !isMapping(others) ? "mapping to " + values(others) : "mapping";
      }
      case "integer", "number" -> type + range(schema);
      default -> type;
    };
  }

  private static String range(JsonNode schema) {
    boolean above = schema.has("exclusiveMinimum");
    JsonNode least = schema.path(above ? "exclusiveMinimum" : "minimum");
    if (least.isLong() && least.longValue() == Long.MIN_VALUE) {
      return "";
    }
    return ", %s%s to %s"
        .formatted(above ? "above " : "", plain(least), plain(schema.path("maximum")));
  }

  private static String plain(JsonNode number) {
    return new BigDecimal(number.asText()).stripTrailingZeros().toPlainString();
  }

  private static String byDefault(JsonNode schema) {
    JsonNode value = schema.path("default");
    if (value.isMissingNode()) {
      return "";
    }
    return "`" + (value.isTextual() ? value.asText() : value.toString()) + "`";
  }

  private static List<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  @Test
  void theFileWithSixMistakesIsToldWhatThePageSays(@TempDir Path folder) throws Exception {
    String mistakes =
        Files.readString(Path.of("../docs/experiment.md"), StandardCharsets.UTF_8)
            .split("\n## Mistakes\n", 2)[1];
    String[] blocks = mistakes.split("```", -1);
    Path file = folder.resolve("six.yaml");
    Files.writeString(file, blocks[1].replaceFirst("yaml\n", ""));
    Files.createDirectories(folder.resolve("code"));
    Files.writeString(folder.resolve("replies.jsonl"), "");

    var refused =
        catchThrowableOfType(
            ExperimentException.class,
            () -> Experiment.read(file, new Vocabulary(Set.of(), Set.of(), Set.of())));

    assertThat(refused).hasMessage(blocks[3].strip().replace("six.yaml", file.toString()));
  }

  @Test
  void theExperimentOfTheReadmeBinds(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("../README.md"), StandardCharsets.UTF_8);
    Path file = folder.resolve("own-model.yaml");
    Files.writeString(file, readme.split("```yaml\n", -1)[1].split("```", -1)[0]);
    Files.createDirectories(folder.resolve("quickstart/sources"));
    Files.writeString(folder.resolve("quickstart/benchmark.jsonl"), "");

    Experiment experiment =
        Experiment.read(
            file, new Vocabulary(Set.of("python", "java"), Set.of("add-constraints"), Set.of()));

    assertThat(experiment.name()).isEqualTo("own-model");
  }
}
