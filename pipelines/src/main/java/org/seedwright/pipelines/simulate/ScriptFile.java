package org.seedwright.pipelines.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a script of phases, as YAML or JSON. What a phase does not name is as the command's options
 * say.
 */
public final class ScriptFile {
  private ScriptFile() {}

  /**
   * Returns the phases of a file.
   *
   * @throws IllegalArgumentException when it is no script: file, phase, key, value and valid range
   */
  public static List<Phase> read(Path file, Conditions ordinary) throws IOException {
    try {
      return phases(Files.readString(file), ordinary);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("script %s: there is no such file".formatted(file), e);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new IllegalArgumentException("script %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<Phase> phases(String text, Conditions ordinary) {
    var settings = LoadSettings.builder().setLabel("script").setCodePointLimit(1 << 20).build();
    Object root = new Load(settings).loadFromString(text);
    if (!(root instanceof Map<?, ?> mapping)
        || mapping.size() != 1
        || !(mapping.get("phases") instanceof List<?> list)) {
      throw new IllegalArgumentException("needs one key 'phases' with a list");
    }
    var phases = new ArrayList<Phase>();
    for (int i = 0; i < list.size(); i++) {
      try {
        phases.add(ScriptPhase.of(list.get(i), ordinary));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("phase %d: %s".formatted(i + 1, e.getMessage()), e);
      }
    }
    return phases;
  }
}
