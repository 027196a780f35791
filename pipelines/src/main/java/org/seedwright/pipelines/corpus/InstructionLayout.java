package org.seedwright.pipelines.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.seedwright.evolve.Reason;
import org.seedwright.pipelines.experiment.InstructionsConfig.Layout;

/** What the rows of a layout say. For one file, read from its beginning. */
final class InstructionLayout {
  private static final int SHOWN = 60;

  /** What Alpaca and Self-Instruct write where there is no input. */
  private static final Set<String> NO_INPUT =
      Set.of("", "<noinput>", "noinput", "none", "none.", "n/a", "no input", "no input.");

  private static final Set<String> USERS = Set.of("user", "human");
  private static final Set<String> ASSISTANTS =
      Set.of("assistant", "gpt", "chatgpt", "bing", "bard", "model");

  private final String file;
  private final Layout layout;
  private final Consumer<GivenInstruction> out;
  private int ordinal;
  private int firstLine;
  private int lastLine;

  InstructionLayout(String file, Layout layout, Consumer<GivenInstruction> out) {
    this.file = file;
    this.layout = layout;
    this.out = out;
  }

  /**
   * Takes a row.
   *
   * @throws CorpusException if it has not the keys of the layout, or other types in them
   */
  void row(JsonNode row, int first, int last) {
    firstLine = first;
    lastLine = last;
    if (!row.isObject()) {
      throw wrong("", row, "a JSON object with the keys of layout " + layout.id());
    }
    switch (layout) {
      case ALPACA -> alpaca(row);
      case UNNATURAL_CORE -> instances(row);
      case UNNATURAL_FULL -> {
        instances(row);
        reformulations(row);
      }
      case CHAT -> chat(row);
    }
  }

  private void alpaca(JsonNode row) {
    String instruction = text(row, "instruction", "");
    String input = optional(row, "input", "").orElse("");
    give(
        has(input) ? instruction.strip() + "\n\nInput:\n" + input.strip() : instruction,
        optional(row, "output", ""));
  }

  private void instances(JsonNode row) {
    JsonNode instances = row.path("instances");
    if (!instances.isArray()) {
      throw wrong("instances", instances, "a list of objects");
    }
    int i = 0;
    for (JsonNode instance : instances) {
      String at = "instances[%d].".formatted(i++);
      String instruction = text(instance, "instruction_with_input", at);
      String constraints = optional(instance, "constraints", at).orElse("").strip();
      boolean said = !has(constraints) || instruction.contains(constraints);
      give(
          said ? instruction : instruction.strip() + "\n\nConstraints:\n" + constraints,
          optional(instance, "output", at));
    }
  }

  /** Paraphrases repeat no constraints. */
  private void reformulations(JsonNode row) {
    JsonNode reformulations = row.path("reformulations");
    if (reformulations.isMissingNode() || reformulations.isNull()) {
      return;
    }
    if (!reformulations.isArray()) {
      throw wrong("reformulations", reformulations, "a list of objects, or no such key");
    }
    int i = 0;
    for (JsonNode reformulation : reformulations) {
      String at = "reformulations[%d].".formatted(i++);
      give(
          text(reformulation, "instruction_with_input", at), optional(reformulation, "output", at));
    }
  }

  /** The first message of a user and the answer to it; later turns need what came before. */
  private void chat(JsonNode row) {
    boolean openAi = row.has("messages");
    String key = openAi ? "messages" : "conversations";
    JsonNode messages = row.path(key);
    if (!messages.isArray()) {
      throw wrong(key, messages, "a list of messages, in messages or in conversations");
    }
    Optional<String> asked = Optional.empty();
    Optional<String> answered = Optional.empty();
    int i = 0;
    for (JsonNode message : messages) {
      String at = "%s[%d].".formatted(key, i++);
      String role = text(message, openAi ? "role" : "from", at).toLowerCase(Locale.ROOT);
      String said = content(message, openAi ? "content" : "value", at);
      if (asked.isEmpty()) {
        if (USERS.contains(role)) {
          asked = Optional.of(said);
        }
      } else {
        answered = ASSISTANTS.contains(role) ? Optional.of(said) : Optional.empty();
        break;
      }
    }
    if (asked.isEmpty()) {
      refuse("", Reason.NO_USER_MESSAGE, "%d messages, none by a user".formatted(messages.size()));
    } else {
      give(asked.get(), answered);
    }
  }

  /** A text, or OpenAI's list of parts that are texts. */
  private String content(JsonNode message, String key, String at) {
    JsonNode content = message.path(key);
    if (!content.isArray()) {
      return text(message, key, at);
    }
    var whole = new StringBuilder();
    int i = 0;
    for (JsonNode part : content) {
      whole.append(text(part, "text", "%s%s[%d].".formatted(at, key, i++)));
    }
    return whole.toString();
  }

  private static boolean has(String text) {
    return !NO_INPUT.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  private void give(String instruction, Optional<String> answer) {
    if (instruction.isBlank()) {
      refuse(instruction, Reason.EMPTY_INSTRUCTION, "the instruction is blank");
      return;
    }
    Optional<String> response = answer.filter(text -> !text.isBlank());
    if (instruction.indexOf('\0') >= 0 || response.orElse("").indexOf('\0') >= 0) {
      refuse(instruction, Reason.NUL_BYTES, "the row holds a NUL");
      return;
    }
    put(instruction, response, Optional.empty());
  }

  private void refuse(String instruction, Reason reason, String evidence) {
    put(instruction, Optional.empty(), Optional.of(new GivenInstruction.Refusal(reason, evidence)));
  }

  private void put(
      String instruction, Optional<String> response, Optional<GivenInstruction.Refusal> refusal) {
    out.accept(
        new GivenInstruction(ordinal++, firstLine, lastLine, instruction, response, refusal));
  }

  private String text(JsonNode row, String key, String at) {
    JsonNode value = row.path(key);
    if (!value.isTextual()) {
      throw wrong(at + key, value, "a text");
    }
    return value.textValue();
  }

  private Optional<String> optional(JsonNode row, String key, String at) {
    JsonNode value = row.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(at + key, value, "a text, or no such key");
    }
    return Optional.of(value.textValue());
  }

  private CorpusException wrong(String key, JsonNode value, String valid) {
    String shown = value.toString();
    String what =
        value.isMissingNode()
            ? "is missing"
            : "is " + (shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…");
    return new CorpusException(
        "%s:%d: %s%s (valid: %s)"
            .formatted(file, firstLine, key.isEmpty() ? "the row " : key + ": ", what, valid));
  }
}
