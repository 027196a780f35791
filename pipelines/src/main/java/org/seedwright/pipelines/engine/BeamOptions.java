package org.seedwright.pipelines.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Options of Beam and its runners that the user gave, to be put over those of an engine. They are
 * shown in Flink's pages and travel to every worker: no key is ever among them.
 *
 * @param arguments each {@code --name=value} or {@code --name}
 */
public record BeamOptions(List<String> arguments) {
  /** None given. */
  public static final BeamOptions NONE = new BeamOptions(List.of());

  /** What the command itself decides, and by which of its options. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "runner", "--runner",
          "flinkMaster", "--flink-master",
          "filesToStage", "--worker-jar",
          "parallelism", "--parallelism",
          "jobName", "the name of the run",
          "streaming", "the stages, which are all batches",
          "useDataStreamForBatch", "the engine",
          "attachedMode", "the engine");

  /**
   * Takes options.
   *
   * @throws IllegalArgumentException naming an option that does not look like one, that Beam and
   *     the runners here do not have, whose value does not fit, or that the command decides
   */
  public BeamOptions {
    arguments = List.copyOf(arguments);
    for (String argument : arguments) {
      String name = name(argument);
      if (DECIDED.containsKey(name)) {
        throw new IllegalArgumentException(
            "--%s cannot be given after --: it is decided by %s"
                .formatted(name, DECIDED.get(name)));
      }
    }
    create(arguments);
  }

  /** Returns the options of one job: an engine's own, those given in their place. */
  PipelineOptions over(Map<String, String> own) {
    var all = new LinkedHashMap<String, String>();
    own.forEach((name, value) -> all.put(name, "--%s=%s".formatted(name, value)));
    arguments.forEach(argument -> all.put(name(argument), argument));
    return create(List.copyOf(all.values()));
  }

  private static PipelineOptions create(List<String> arguments) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(arguments, e), e);
    }
  }

  /** Beam names its own class first, which says nothing to who gave the option. */
  private static String refusal(List<String> arguments, IllegalArgumentException refused) {
    var known = new TreeSet<String>();
    var names = new ArrayList<String>();
    arguments.forEach(argument -> names.add(name(argument)));
    for (String name : names) {
      if (refused.getMessage().contains("missing a property named '" + name + "'")) {
        known.add("--" + name);
      }
    }
    return known.isEmpty()
        ? "Beam refuses an option given after --: " + refused.getMessage()
        : "%s is no option of Beam or of a runner here".formatted(String.join(", ", known));
  }

  private static String name(String argument) {
    if (!argument.matches("--[A-Za-z][A-Za-z0-9]*(=.*)?")) {
      throw new IllegalArgumentException(
          "%s is no Beam option; after -- they look like --name=value".formatted(argument));
    }
    int equal = argument.indexOf('=');
    return argument.substring(2, equal < 0 ? argument.length() : equal);
  }
}
