package org.seedwright.pipelines.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seedwright.pipelines.store.JsonReading.JsonMistake;
import org.seedwright.pipelines.table.CanonicalJson;

/**
 * Requests with their replies as JSON lines that can be read in a diff: one line for each reply,
 * sorted by label, key and cap, keys in a fixed order. It goes with an experiment so that others
 * can run it without a teacher.
 */
public record Recording(List<RecordedReply> replies) {
  /** The command that carries a recording over to changed prompts ({@link Rekey}). */
  public static final String REKEY_COMMAND = "seedwright store rekey";

  private static final Comparator<RecordedReply> ORDER =
      Comparator.comparing(RecordedReply::label)
          .thenComparing(recorded -> recorded.reply().key())
          .thenComparing(recorded -> recorded.reply().maxOutputTokens());

  public Recording {
    replies = replies.stream().sorted(ORDER).toList();
  }

  /** A recording cannot be used; the message names file, line, key and value. */
  public static final class RecordingException extends Exception {
    RecordingException(String message) {
      super(message);
    }
  }

  /**
   * Reads a recording.
   *
   * @throws RecordingException with every line that is not as it should be
   */
  public static Recording read(Path file) throws RecordingException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new RecordingException("%s: not UTF-8".formatted(file));
    } catch (IOException e) {
      throw new RecordingException("%s: cannot be read: %s".formatted(file, e));
    }
    var replies = new ArrayList<RecordedReply>();
    var mistakes = new ArrayList<String>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        RecordedReply reply = line(lines.get(i));
        Integer before = seen.put(identity(reply), i + 1);
        if (before != null) {
          throw new JsonMistake("the same request and cap as in line " + before);
        }
        replies.add(reply);
      } catch (JsonMistake e) {
        mistakes.add("%s, line %d: %s".formatted(file, i + 1, e.getMessage()));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new RecordingException(String.join("\n", mistakes));
    }
    return new Recording(replies);
  }

  private static String identity(RecordedReply recorded) {
    return recorded.reply().key() + " " + recorded.reply().maxOutputTokens();
  }

  private static RecordedReply line(String text) throws JsonMistake {
    JsonNode node = JsonReading.object(text);
    JsonReading.keys(node, "$", Set.of("label", "key", "request", "reply"), Set.of());
    String label = JsonReading.text(node, "$", "label");
    String key = JsonReading.text(node, "$", "key");
    TeacherRequest request = JsonReading.request(node.get("request"), "$.request");
    if (!request.key().equals(key)) {
      throw new JsonMistake(
          ("$.key is '%s', but the request of '%s' has the key %s: the prompt changed after it was"
                  + " recorded; '%s' carries the recording over and lists the replies to read again")
              .formatted(key, label, request.key(), REKEY_COMMAND));
    }
    return new RecordedReply(label, request, JsonReading.reply(node.get("reply"), "$.reply", key));
  }

  /** Writes the recording; equal recordings are equal bytes. */
  public void write(Path file) throws IOException {
    var text = new StringBuilder();
    for (RecordedReply recorded : replies) {
      text.append(line(recorded)).append('\n');
    }
    Files.writeString(file, text);
  }

  /** Label and key first, then what was asked, then what was answered, text before numbers. */
  private static String line(RecordedReply recorded) {
    Reply reply = recorded.reply();
    var fields = new ArrayList<String>();
    fields.add(field("ending", reply.ending()));
    fields.add(field("text", reply.text()));
    reply.thinking().ifPresent(thinking -> fields.add(field("thinking", thinking)));
    fields.add(field("servedModel", reply.servedModel()));
    fields.add("\"inputTokens\":" + reply.inputTokens());
    fields.add("\"outputTokens\":" + reply.outputTokens());
    fields.add(field("maxOutputTokens", reply.maxOutputTokens()));
    fields.add(field("mark", reply.mark()));
    return "{%s,%s,%s,\"reply\":{%s}}"
        .formatted(
            field("label", recorded.label()),
            field("key", reply.key()),
            field("request", recorded.request()),
            String.join(",", fields));
  }

  private static String field(String key, Object value) {
    return CanonicalJson.text(key) + ":" + CanonicalJson.text(value);
  }

  /**
   * Adds what the store does not hold yet.
   *
   * @return how many replies were added; 0 when it was imported before
   */
  public int importInto(ResponseStore store) {
    int added = 0;
    for (RecordedReply recorded : replies) {
      if (store.add(recorded.request(), recorded.reply())) {
        added++;
      }
    }
    return added;
  }
}
