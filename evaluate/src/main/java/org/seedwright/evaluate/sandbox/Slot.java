package org.seedwright.evaluate.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.execution.Outcome.GroupOutcome;
import org.seedwright.evaluate.execution.Outcome.Measurement;
import org.seedwright.evaluate.execution.StdinStdout;
import org.seedwright.evaluate.execution.Verdict;

/**
 * A started slot, for one thread at a time. Whatever is odd (no answer in time, an answer that is
 * none, something left behind) ends the slot and is a {@link SlotLostException}.
 */
final class Slot implements AutoCloseable {
  /** An answer holds a character per test and some lines of text. */
  private static final int ANSWER_BYTES = 16 << 20;

  private static final Duration START = Duration.ofSeconds(60);

  /** Beyond the wall caps that the slot keeps itself: its graces, and a loaded machine. */
  private static final Duration GRACE = Duration.ofSeconds(90);

  private final Link link;
  private final InputStream answers;
  private final Environment environment;
  private final Preparations preparations;
  private final Set<String> known = new HashSet<>();
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /**
   * What came of an execution here.
   *
   * @param waited whether it ended at the wall cap: then a busy machine may be the reason
   */
  record Answer(Outcome outcome, boolean waited) {}

  private Slot(Link link, String sandbox, Preparations preparations) throws SlotLostException {
    this.link = link;
    this.preparations = preparations;
    this.answers = link.answers();
    Watchdog.Watch watch = Watchdog.after(START, link::close);
    try {
      JsonNode ready = parse(readLine()).path("ready");
      if (!ready.isObject()) {
        throw new SlotLostException("the slot did not start: %s".formatted(link.complaint()));
      }
      this.environment = Environment.of(sandbox, ready);
    } catch (SlotLostException | RuntimeException e) {
      link.close();
      throw e;
    } finally {
      watch.close();
    }
  }

  /**
   * A slot of this sandbox.
   *
   * @param preparations of all slots that judge by the same tests
   * @throws SandboxUnavailableException if it does not start
   */
  static Slot open(Sandbox sandbox, Preparations preparations) {
    try {
      return new Slot(sandbox.open(), sandbox.name(), preparations);
    } catch (SlotLostException e) {
      throw new SandboxUnavailableException(
          "sandbox %s does not start: %s".formatted(sandbox.name(), e.getMessage()), e);
    }
  }

  Environment environment() {
    return environment;
  }

  Answer run(Execution execution) throws SlotLostException {
    String digest = execution.tests().digest();
    Watchdog.Watch watch = Watchdog.after(most(execution), link::close);
    try {
      JsonNode answer = ask(execution, digest, known.add(digest));
      if (answer.has("missing")) {
        answer = ask(execution, digest, true);
      }
      if (answer.has("prepared")) {
        preparations.put(digest, answer.path("prepared").asText());
      }
      if (answer.has("problem")) {
        return new Answer(
            Outcome.ofTheMachine(Verdict.SANDBOX_UNAVAILABLE, answer.path("problem").asText()),
            false);
      }
      if (!answer.has("verdict")) {
        throw new SlotLostException(answer.path("unfit").asText("an answer without a verdict"));
      }
      Answer read = read(answer);
      if (answer.hasNonNull("unfit")) {
        throw new SlotLostException(answer.path("unfit").asText(), read.outcome());
      }
      return read;
    } catch (SlotLostException | RuntimeException e) {
      link.close();
      throw e;
    } finally {
      watch.close();
    }
  }

  private JsonNode ask(Execution execution, String digest, boolean withTests)
      throws SlotLostException {
    try {
      Optional<String> prepared = withTests ? preparations.of(digest) : Optional.empty();
      link.requests().write(Wire.request(execution, digest, withTests, prepared));
      link.requests().flush();
    } catch (IOException e) {
      throw new SlotLostException("the slot takes no requests: %s".formatted(e.getMessage()), e);
    }
    return parse(readLine());
  }

  private static Answer read(JsonNode answer) throws SlotLostException {
    try {
      List<GroupOutcome> groups = new ArrayList<>();
      boolean waited = false;
      for (JsonNode group : answer.path("groups")) {
        groups.add(
            new GroupOutcome(
                group.path("group").asText(),
                Verdict.of(group.path("verdict").asText()),
                group.path("tests").asText(),
                group.path("status").asText()));
        waited |= group.path("waited").asBoolean();
      }
      String reason = answer.path("reason").asText();
      Outcome outcome =
          new Outcome(
              Verdict.of(answer.path("verdict").asText()),
              groups,
              reason.substring(0, Math.min(reason.length(), Outcome.REASON_CHARACTERS)),
              new Measurement(
                  Math.round(answer.path("cpuMillis").asDouble()),
                  Math.round(answer.path("wallMillis").asDouble()),
                  ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
      return new Answer(outcome, waited);
    } catch (IllegalArgumentException e) {
      throw new SlotLostException("an answer that is none: %s".formatted(e.getMessage()), e);
    }
  }

  /** The longest that an answer can take where all is well inside. */
  private static Duration most(Execution execution) {
    long processes = 1;
    Duration reference = Duration.ZERO;
    if (execution.tests() instanceof Calls calls) {
      processes = calls.groups().size();
      reference = Duration.ofSeconds(Wire.REFERENCE_SECONDS);
    } else if (execution.tests() instanceof StdinStdout runs) {
      processes = runs.runs().size();
    }
    return Duration.ofMillis(execution.limits().programMillis())
        .plusSeconds(1)
        .multipliedBy(Limits.WALL_FACTOR)
        .plus(GRACE)
        .multipliedBy(processes)
        .plus(reference);
  }

  private JsonNode parse(String line) throws SlotLostException {
    try {
      return Wire.JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new SlotLostException("an answer that is no JSON: %s".formatted(link.complaint()), e);
    }
  }

  private String readLine() throws SlotLostException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      while (line.size() <= ANSWER_BYTES) {
        for (int i = at; i < end; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, at, i - at);
            at = i + 1;
            return line.toString(StandardCharsets.UTF_8);
          }
        }
        line.write(buffer, at, end - at);
        at = 0;
        end = answers.read(buffer);
        if (end < 0) {
          end = 0;
          throw new SlotLostException(
              "the slot ended or was ended: %s".formatted(link.complaint()));
        }
      }
    } catch (IOException e) {
      throw new SlotLostException("the slot ended or was ended: %s".formatted(e.getMessage()), e);
    }
    throw new SlotLostException("an answer of more than %d bytes".formatted(ANSWER_BYTES));
  }

  @Override
  public void close() {
    link.close();
  }
}
