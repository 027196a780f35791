package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;
import static org.seedwright.pipelines.store.Requests.truncated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Recording.RecordingException;

class RecordingTest {
  @TempDir Path folder;

  private static final TeacherRequest A = request("a");
  private static final TeacherRequest B =
      new TeacherRequest(
          "m",
          List.of(new Message(Role.USER, "line\n\"quoted\" \u2028 \ud83c")),
          new Decoding(Optional.of(0.7), Optional.of(0.9), Optional.of(1L << 60), List.of("x")),
          "text",
          3,
          1);
  private static final Reply TO_B =
      new Reply(
          B.key(),
          Ending.CONTENT_FILTER,
          "",
          Optional.of("hm"),
          "served",
          1L << 55,
          5,
          60,
          Mark.DEMONSTRATION);
  private static final Recording RECORDING =
      new Recording(
          List.of(
              new RecordedReply("evolve-2/ff", B, TO_B),
              new RecordedReply("evolve-1/00", A, ended(A, "the answer", 4, 100)),
              new RecordedReply("evolve-1/00", A, truncated(A, "the", 1))));

  private Path file() {
    return folder.resolve("replies.jsonl");
  }

  @Test
  void whatIsWrittenIsReadAgainInAFixedOrder() throws Exception {
    RECORDING.write(file());
    assertThat(Recording.read(file())).isEqualTo(RECORDING);
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"label\":\"evolve-1/00\",\"key\":\"%s\",\"request\":{\"attempt\":0,"
                    .formatted(A.key())
                + "\"decoding\":{\"stop\":[],\"temperature\":0},"
                + "\"messages\":[{\"content\":\"Answer.\",\"role\":\"system\"},"
                + "{\"content\":\"a\",\"role\":\"user\"}],\"model\":\"teacher-1\","
                + "\"responseFormat\":\"text\",\"sampleIndex\":0},"
                + "\"reply\":{\"ending\":\"stop\",\"text\":\"the answer\","
                + "\"servedModel\":\"teacher-1-0613\",\"inputTokens\":17,\"outputTokens\":4,"
                + "\"maxOutputTokens\":100,\"mark\":\"teacher\"}}");
    byte[] first = Files.readAllBytes(file());
    Recording.read(file()).write(file());
    assertThat(Files.readAllBytes(file())).isEqualTo(first);
  }

  @Test
  void importingTwiceAddsNothing() throws Exception {
    try (var store =
        SqliteResponseStore.open(folder.resolve("s.sqlite"), "run", InstantSource.system())) {
      assertThat(RECORDING.importInto(store)).isEqualTo(3);
      assertThat(RECORDING.importInto(store)).isZero();
      assertThat(store.find(A.key(), 100).orElseThrow().text()).isEqualTo("the answer");
      assertThat(store.find(B.key(), 60)).contains(TO_B);
      assertThat(store.inDoubt()).isEmpty();
    }
  }

  @Test
  void aChangedPromptIsNamedWithTheCommandThatHelps() throws Exception {
    RECORDING.write(file());
    Files.writeString(file(), Files.readString(file()).replace("Answer.", "Answer well."));
    assertThatThrownBy(() -> Recording.read(file()))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(file() + ", line 1: $.key is '%s'".formatted(A.key()))
        .hasMessageContaining(", line 2: ")
        .hasMessageContaining("the prompt changed after it was recorded")
        .hasMessageContaining("seedwright store rekey");
  }

  @Test
  void everyMistakeIsNamedWithItsLineKeyAndValue() throws Exception {
    RECORDING.write(file());
    String good = Files.readAllLines(file()).get(1);
    Map<String, String> mistakes =
        Map.of(
            good.replace("\"ending\":\"stop\"", "\"ending\":\"bored\""),
            "$.reply.ending must be one of stop, length, refusal, content-filter, but was 'bored'",
            good.replace("\"outputTokens\":4", "\"outputTokens\":-4"),
            "$.reply: tokens must be 0 or more, but were 17 in and -4 out",
            good.replace("\"maxOutputTokens\":100", "\"maxOutputTokens\":1.5"),
            "$.reply.maxOutputTokens must be an integer, but was 1.5",
            good.replace("\"mark\":", "\"marc\":"),
            "$.reply.marc is unknown; the keys are ending, inputTokens",
            good.replace(",\"label\":\"evolve-1/00\"", "")
                .replace("\"label\":\"evolve-1/00\",", ""),
            "$.label is missing",
            good.replace("\"role\":\"user\"", "\"role\":\"robot\""),
            "$.request.messages[1].role must be one of system, user, assistant, but was 'robot'",
            good.replace("\"temperature\":0", "\"temperature\":9"),
            "$.request.decoding: temperature must be 0 to 2, but was 9.0",
            good.substring(0, 50),
            "not JSON",
            good + good,
            "not JSON",
            good.replace("\"key\":", "\"key\":\"\",\"key\":"),
            "not JSON: Duplicate");
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      write(good + "\n\n" + mistake.getKey() + "\n");
      assertThatThrownBy(() -> Recording.read(file()))
          .as(mistake.getKey())
          .hasMessageStartingWith(file() + ", line 3: ")
          .hasMessageContaining(mistake.getValue());
    }
    write(good + "\n" + good + "\n");
    assertThatThrownBy(() -> Recording.read(file()))
        .hasMessage(file() + ", line 2: the same request and cap as in line 1");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Recording.read(file()))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(file() + ": cannot be read");
  }

  @Test
  void rekeyingMovesRepliesToTheNewRequestsAndListsWhatToReadAgain() {
    var newA = request("a, in other words");
    var again =
        Rekey.of(
            new Recording(
                List.of(
                    new RecordedReply("changed", A, ended(A, "answer", 4, 100)),
                    new RecordedReply("same", B, TO_B),
                    new RecordedReply("gone", request("c"), ended(request("c"), "c", 1, 10)))),
            label ->
                switch (label) {
                  case "changed" -> Optional.of(newA);
                  case "same" -> Optional.of(B);
                  default -> Optional.empty();
                });
    assertThat(again)
        .isEqualTo(
            new Rekey(
                new Recording(
                    List.of(
                        new RecordedReply("changed", newA, ended(newA, "answer", 4, 100)),
                        new RecordedReply("same", B, TO_B))),
                List.of("changed"),
                List.of("gone")));
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }
}
