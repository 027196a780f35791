package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The JSON Schema of experiment files (draft 2020-12), for completion in editors. It is what the
 * binding code asks for, so it cannot promise another key, range or default. Ids that grow by
 * themselves (languages, heuristics, benchmarks) and what lies outside the file are not in it.
 */
public final class ExperimentSchema {

  private ExperimentSchema() {}

  /** Returns the schema as indented JSON that ends in a newline. */
  public static String text() {
    Section probe = Section.absent(new Place(Binding.NONE, "", 1));
    var unused = Experiment.bind(probe, Path.of("experiment.yaml"));
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Seedwright experiment");
    schema.setAll(probe.schema());
    return Json.text(schema);
  }
}
