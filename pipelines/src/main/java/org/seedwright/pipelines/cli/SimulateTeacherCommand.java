package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.seedwright.pipelines.simulate.Conditions;
import org.seedwright.pipelines.simulate.Fault;
import org.seedwright.pipelines.simulate.RequiredKey;
import org.seedwright.pipelines.simulate.RetryAfter;
import org.seedwright.pipelines.simulate.ScriptFile;
import org.seedwright.pipelines.simulate.ServerLimits;
import org.seedwright.pipelines.simulate.SimulatedTeacher;
import org.seedwright.pipelines.simulate.SimulatorOptions;
import org.seedwright.pipelines.simulate.Span;
import org.seedwright.pipelines.simulate.TransportShares;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate-teacher}: a loopback server that stands in for a model in dry runs. */
@Command(
    name = "simulate-teacher",
    description = {
      "A server on 127.0.0.1 that speaks the OpenAI protocol and answers our prompts with varied,"
          + " deterministic replies. It serves models whose name begins with \"simulated\" only;"
          + " rows made with it are marked. On request it limits, stalls, resets and garbles as"
          + " providers do at their worst."
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright simulate-teacher --port 8089",
      "  ./seedwright simulate-teacher --port 8089 --share refusal=0.1 --log requests.jsonl",
      "  ./seedwright simulate-teacher --latency 200ms --jitter 50ms --transport-faults"
          + " rate-limit=0.05,reset=0.02",
      "  ./seedwright simulate-teacher --transport-faults all=0.01 --requests-per-second 50"
          + " --retry-after seconds",
      "  ./seedwright simulate-teacher --script examples/simulated-teacher/bad-day.yaml",
      "  ./seedwright simulate-teacher --canned --latency 200ms"
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
      names = "--transport-faults",
      paramLabel = "FAULT=SHARE",
      split = ",",
      description =
          "Share of tries that go wrong on the way, 0 to 1; several with commas. \"all\" is every"
              + " fault after which the request may succeed. Default: none.")
  private Map<String, Double> transportFaults = new LinkedHashMap<>();

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      description =
          "Before each reply: 200ms or 1.5s, at most 1 hour; a bare number is milliseconds."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private String latency;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      description = "By how much the latency is longer or shorter. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private String jitter;

  @Option(
      names = "--drip",
      paramLabel = "TIME",
      description = "Between two bytes of a reply with the fault drip. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100ms")
  private String drip;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Phases in which it goes otherwise, YAML or JSON; see docs/teacher.md.")
  private Path script;

  @Option(
      names = "--requests-per-second",
      paramLabel = "R",
      description =
          "Refuse what is more with 429; a tenth of a second's worth, at least 2, may come at once.")
  private Double requestsPerSecond;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      description = "Refuse what is more with 429, input and output together.")
  private Long tokensPerMinute;

  @Option(
      names = "--max-open",
      paramLabel = "N",
      description = "Refuse with 429 while so many requests are open.")
  private Integer maxOpen;

  @Option(
      names = "--retry-after",
      paramLabel = "FORM",
      description =
          "How these refusals say when to ask again: none, seconds or date. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "none")
  private String retryAfter;

  @Option(
      names = "--require-key",
      paramLabel = "VARIABLE",
      description = "Answer 401 unless the client sends the key in this environment variable.")
  private String requireKey;

  @Option(
      names = "--canned",
      description = "The same small reply to every request, without reading prompts: for benches.")
  private boolean canned;

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
      options = options();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e.getMessage());
    }
    try (var teacher = SimulatedTeacher.start(port, options)) {
      output.object(Map.of("baseUrl", teacher.baseUrl().toString()));
      output.text("simulated teacher at " + teacher.baseUrl() + "; stop it with Ctrl-C");
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE;
  }

  private SimulatorOptions options() throws IOException {
    if (port < 0 || port > 65_535) {
      throw new WrongInputException("--port must be 0 to 65535, but was " + port);
    }
    Conditions conditions =
        new Conditions(
            TransportShares.of("--transport-faults", transportFaults),
            Span.parse("--latency", latency),
            Span.parse("--jitter", jitter),
            new ServerLimits(
                Optional.ofNullable(requestsPerSecond),
                Optional.ofNullable(tokensPerMinute),
                Optional.ofNullable(maxOpen),
                retryAfter()),
            Optional.empty());
    Duration dripEvery = Span.parse("--drip", drip);
    var options =
        SimulatorOptions.defaults()
            .withSeed(seed)
            .withShares(faults())
            .withConditions(conditions)
            .withDripEvery(dripEvery);
    if (script != null) {
      options = options.withScript(ScriptFile.read(script, conditions));
    }
    if (requireKey != null) {
      options = options.withRequiredKey(key());
    }
    if (log != null) {
      options = options.withLog(log);
    }
    return canned ? options.withCannedReplies() : options;
  }

  private RequiredKey key() {
    String key = System.getenv(requireKey);
    if (key == null || key.isBlank()) {
      throw new WrongInputException(
          "--require-key: the environment variable %s is not set".formatted(requireKey));
    }
    return RequiredKey.of(key);
  }

  private RetryAfter retryAfter() {
    for (RetryAfter form : RetryAfter.values()) {
      if (form.id().equals(retryAfter)) {
        return form;
      }
    }
    throw new WrongInputException(
        "--retry-after %s: must be one of none, seconds, date".formatted(retryAfter));
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
            .formatted(name, Arrays.stream(Fault.values()).map(Fault::id).toList()));
  }
}
