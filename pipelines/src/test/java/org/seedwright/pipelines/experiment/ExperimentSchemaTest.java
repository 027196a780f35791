package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExperimentSchemaTest {

  private static final Path PUBLISHED = Path.of("../docs/experiment.schema.json");

  @Test
  void thePublishedSchemaIsTheOneOfTheCode() throws Exception {
    if (Boolean.getBoolean("seedwright.write-schema")) {
      Files.createDirectories(PUBLISHED.getParent());
      Files.writeString(PUBLISHED, ExperimentSchema.text());
    }
    assertThat(PUBLISHED)
        .as(
            "docs/experiment.schema.json is stale; write it with: mvn -q -pl pipelines -am test"
                + " -Dtest=ExperimentSchemaTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dseedwright.write-schema=true")
        .exists()
        .hasContent(ExperimentSchema.text());
  }

  @Test
  void everyKeyIsDescribedInOneSentence() throws Exception {
    assertThat(described(new ObjectMapper().readTree(ExperimentSchema.text()))).isGreaterThan(90);
  }

  private static int described(JsonNode schema) {
    int count = 0;
    for (JsonNode property : schema.path("properties")) {
      if (property.isObject()) {
        assertThat(property.path("description").asText()).matches("[A-Z].*\\.");
        count += 1 + described(property);
      }
    }
    return count
        + (schema.path("additionalProperties").isObject()
            ? described(schema.get("additionalProperties"))
            : 0);
  }

  @Test
  void theSchemaTellsRangesDefaultsAndConditions() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(ExperimentSchema.text());
    JsonNode shards = schema.at("/properties/shards");
    JsonNode eliminate = schema.at("/properties/evolve/properties/eliminate");
    JsonNode teacher = schema.at("/properties/teachers/properties/main");

    assertThat(shards.get("minimum").asInt()).isEqualTo(1);
    assertThat(shards.get("maximum").asInt()).isEqualTo(4096);
    assertThat(shards.get("default").asInt()).isEqualTo(16);
    assertThat(eliminate.get("enum").toString()).isEqualTo("[\"none\",\"rules\",\"rules+judge\"]");
    assertThat(eliminate.get("default").asText()).isEqualTo("rules+judge");
    assertThat(schema.get("required").toString()).isEqualTo("[\"name\",\"teachers\"]");
    assertThat(schema.get("not").toString())
        .isEqualTo("{\"required\":[\"sources\",\"instructions\"]}");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    assertThat(teacher.get("allOf").get(0).toString())
        .isEqualTo(
            "{\"if\":{\"properties\":{\"provider\":{\"const\":\"openai\"}},"
                + "\"required\":[\"provider\"]},\"then\":{\"required\":[\"base-url\"]}}");
    assertThat(teacher.get("allOf").get(1).toString())
        .isEqualTo(
            "{\"if\":{\"properties\":{\"provider\":{\"enum\":[\"openai\",\"anthropic\",\"gemini\","
                + "\"ollama\",\"mistral\"]}},\"required\":[\"provider\"]},"
                + "\"else\":{\"properties\":{\"base-url\":false}}}");
  }
}
