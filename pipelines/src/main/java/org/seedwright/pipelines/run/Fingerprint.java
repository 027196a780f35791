package org.seedwright.pipelines.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.table.CanonicalJson;

/** The identity of a stage's rows: what can change them and nothing else. */
final class Fingerprint {
  private record Input(String stage, String fingerprint) {}

  private record Ingredients(
      String stage, int version, int shards, Record configuration, List<Input> inputs) {}

  private Fingerprint() {}

  /**
   * Returns 64 hex digits.
   *
   * @param inputs fingerprints of the stages read, by name
   */
  static String of(Stage stage, int shards, Map<String, String> inputs) {
    return CanonicalJson.digest(
        new Ingredients(
            stage.name(),
            stage.version(),
            shards,
            stage.configuration(),
            new TreeMap<>(inputs)
                .entrySet().stream()
                    .map(entry -> new Input(entry.getKey(), entry.getValue()))
                    .toList()));
  }
}
