package org.seedwright.pipelines.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.seedwright.pipelines.simulate.Fault;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate-teacher}: a loopback server that stands in for a model in dry runs. */
@Command(
    name = "simulate-teacher",
    description = {
      "A server on 127.0.0.1 that speaks the OpenAI protocol and answers our prompts with varied,"
          + " deterministic replies. It serves models whose name begins with \"simulated\" only;"
          + " rows made with it are marked."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright simulate-teacher --port 8089",
      "  ./seedwright simulate-teacher --port 8089 --share refusal=0.1 --log requests.jsonl"
    })
final class SimulateTeacherCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      description = "0 to 65535; 0 takes a free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8089")
  private int port;

  @Option(
      names = "--seed",
      description = "Seed of the faults. Default: ${DEFAULT-VALUE}.",
      defaultValue = "976")
  private long seed;

  @Option(
      names = "--share",
      paramLabel = "FAULT=SHARE",
      description = "Share of replies that deserve a kind of rejection, 0 to 1; may be repeated.")
  private Map<String, Double> shares = new LinkedHashMap<>();

  @Option(
      names = "--all-shares",
      paramLabel = "SHARE",
      description = "Share of every kind of rejection that is not named, 0 to 1.")
  private Double allShares;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Milliseconds before each reply. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private long latency;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Log of what was received and answered, JSON lines.")
  private Path log;

  @Mixin private Output output;

  @Override
  public Integer call() throws Exception {
    SimulatorOptions options;
    try {
      options =
          SimulatorOptions.defaults()
              .withSeed(seed)
              .withShares(faults())
              .withLatency(Duration.ofMillis(latency));
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
    if (log != null) {
      options = options.withLog(log);
    }
    try (var teacher = SimulatedTeacher.start(port, options)) {
      output.object(Map.of("baseUrl", teacher.baseUrl().toString()));
      output.text("simulated teacher at " + teacher.baseUrl() + "; stop it with Ctrl-C");
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE;
  }

  private Map<Fault, Double> faults() {
    var chosen = new LinkedHashMap<Fault, Double>();
    for (Fault fault : Fault.values()) {
      chosen.put(fault, allShares == null ? SimulatorOptions.DEFAULT_SHARE : allShares);
    }
    shares.forEach((name, share) -> chosen.put(fault(name), share));
    return chosen;
  }

  private static Fault fault(String name) {
    for (Fault fault : Fault.values()) {
      if (fault.id().equals(name.toLowerCase(Locale.ROOT))) {
        return fault;
      }
    }
    throw new WrongInputException(
        "--share %s: no such fault; known: %s"
            .formatted(name, java.util.Arrays.stream(Fault.values()).map(Fault::id).toList()));
  }
}
