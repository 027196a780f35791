package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Reason;
import org.seedwright.pipelines.experiment.InstructionsConfig.Layout;

class InstructionReaderTest {
  @TempDir private Path folder;

  private record Pair(String instruction, Optional<String> response) {
    static Pair of(String instruction, String response) {
      return new Pair(instruction, Optional.of(response));
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<GivenInstruction> read(Path path, Layout layout) throws IOException {
    var read = new ArrayList<GivenInstruction>();
    InstructionFile file =
        InstructionFile.of(path, DigestCache.open(folder.resolve("digests.tsv")));
    InstructionReader.read(path, file, layout, read::add);
    return read;
  }

  private List<Pair> pairs(String text, Layout layout) throws IOException {
    return read(file("rows", text), layout).stream()
        .map(given -> new Pair(given.instruction(), given.response()))
        .toList();
  }

  private void refused(String text, Layout layout, String message) throws IOException {
    Path path = file("rows.json", text);
    assertThatThrownBy(() -> read(path, layout))
        .as(text)
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message.replace("FILE", path.toString()));
  }

  @Test
  void alpacasInputIsPartOfTheInstruction() throws IOException {
    String rows =
        """
        [
          {"instruction": "Reverse it.", "input": "abc", "output": "cba"},
          {"instruction": "Say hello.", "input": "", "output": "hello", "response": "hello"},
          {"instruction": "Say 1.", "input": "<noinput>", "output": "1"},
          {"instruction": "Say 2.", "output": "  "},
          {"instruction": "Say 3.", "input": null}
        ]
        """;
    assertThat(pairs(rows, Layout.ALPACA))
        .containsExactly(
            Pair.of("Reverse it.\n\nInput:\nabc", "cba"),
            Pair.of("Say hello.", "hello"),
            Pair.of("Say 1.", "1"),
            new Pair("Say 2.", Optional.empty()),
            new Pair("Say 3.", Optional.empty()));
    assertThat(read(folder.resolve("rows"), Layout.ALPACA))
        .extracting(GivenInstruction::ordinal, GivenInstruction::firstLine)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 2),
            org.assertj.core.groups.Tuple.tuple(1, 3),
            org.assertj.core.groups.Tuple.tuple(2, 4),
            org.assertj.core.groups.Tuple.tuple(3, 5),
            org.assertj.core.groups.Tuple.tuple(4, 6));
  }

  @Test
  void anArrayAndLinesPlainAndInGzipAreTheSameRows() throws IOException {
    String first = "{\"instruction\": \"Añade 1.\", \"output\": \"1\"}";
    String second = "{\"instruction\": \"Add 2.\", \"output\": \"2\"}";
    String array = "\uFEFF \n[" + first + ",\n" + second + "]\n\n";
    String lines = "\uFEFF" + first + "\r\n\n" + second;
    List<Pair> expected = List.of(Pair.of("Añade 1.", "1"), Pair.of("Add 2.", "2"));
    for (String text : List.of(array, lines)) {
      assertThat(pairs(text, Layout.ALPACA)).isEqualTo(expected);
      Path packed = folder.resolve("packed.json.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(read(packed, Layout.ALPACA))
          .extracting(GivenInstruction::instruction)
          .containsExactly("Añade 1.", "Add 2.");
    }
  }

  @Test
  void unnaturalInstructionsHaveARowForEachInstanceAndParaphrase() throws IOException {
    String rows =
        """
        {"instruction": "Sort {INPUT}.", "instances": [{"instruction_with_input": "Sort 3 1.", "input": "3 1", "constraints": "None.", "output": "1 3"}, {"instruction_with_input": "Sort 2 1.", "input": "2 1", "constraints": "Print one a line.", "output": "1 2"}], "reformulations": [{"instruction": "Order {INPUT}", "instruction_with_input": "Order 3 1", "input": "3 1", "output": "1 3"}]}
        {"instruction": "Say so.", "instances": [{"instruction_with_input": "Say so. In English.", "input": "", "constraints": "In English.", "output": "so"}]}
        """;
    assertThat(pairs(rows, Layout.UNNATURAL_CORE))
        .containsExactly(
            Pair.of("Sort 3 1.", "1 3"),
            Pair.of("Sort 2 1.\n\nConstraints:\nPrint one a line.", "1 2"),
            Pair.of("Say so. In English.", "so"));
    assertThat(pairs(rows, Layout.UNNATURAL_FULL))
        .containsExactly(
            Pair.of("Sort 3 1.", "1 3"),
            Pair.of("Sort 2 1.\n\nConstraints:\nPrint one a line.", "1 2"),
            Pair.of("Order 3 1", "1 3"),
            Pair.of("Say so. In English.", "so"));
  }

  @Test
  void ofAConversationTheFirstExchangeIsTaken() throws IOException {
    String rows =
        """
        {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "Bye"}]}
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]}
        {"id": "x", "conversations": [{"from": "gpt", "value": "?"}, {"from": "human", "value": "Q"}, {"from": "gpt", "value": "A"}]}
        {"conversations": [{"from": "human", "value": "Q"}, {"from": "human", "value": "R"}]}
        """;
    assertThat(pairs(rows, Layout.CHAT))
        .containsExactly(
            Pair.of("Hi", "Hello"),
            new Pair("ab", Optional.empty()),
            Pair.of("Q", "A"),
            new Pair("Q", Optional.empty()));
  }

  @Test
  void whatIsOfNoUseIsRefusedByRow() throws IOException {
    assertThat(
            read(
                file(
                    "odd.jsonl",
                    """
                    {"instruction": " \\t ", "output": "x"}
                    {"instruction": "a\\u0000b", "output": "x"}
                    {"instruction": "ab", "output": "x\\u0000"}
                    {"instruction": "fine", "output": "x"}
                    """),
                Layout.ALPACA))
        .extracting(given -> given.refusal().map(GivenInstruction.Refusal::reason))
        .containsExactly(
            Optional.of(Reason.EMPTY_INSTRUCTION),
            Optional.of(Reason.NUL_BYTES),
            Optional.of(Reason.NUL_BYTES),
            Optional.empty());
    assertThat(
            read(
                file(
                    "empty.json",
                    "[{\"messages\": []}, {\"messages\": [{\"role\": \"assistant\", \"content\": \"x\"}]}]"),
                Layout.CHAT))
        .extracting(given -> given.refusal().orElseThrow().reason())
        .containsExactly(Reason.NO_USER_MESSAGE, Reason.NO_USER_MESSAGE);
    assertThat(read(file("none.json", "[]"), Layout.ALPACA)).isEmpty();
  }

  @Test
  void aFileThatIsNotWhatItIsSaidToBeIsNamedWithLineAndKey() throws IOException {
    String good = "{\"instruction\": \"a\", \"output\": \"b\"}";
    refused("", Layout.ALPACA, "FILE:1: the file begins with nothing (valid: a JSON array");
    refused("instruction,output\n", Layout.ALPACA, "FILE:1: the file begins with 'i'");
    refused(good + "\nno\n", Layout.ALPACA, "FILE:2: no JSON: ");
    refused(good + good, Layout.ALPACA, "FILE:1: more than one JSON value on the line");
    refused("[" + good + ",\n" + good, Layout.ALPACA, "FILE:2: ");
    refused("[" + good + ",\n{\"instruction\": ", Layout.ALPACA, "FILE:2: no JSON in row 2");
    refused("[" + good + "]\n[]", Layout.ALPACA, "FILE:2: something stands after the array");
    refused("[" + good + ",\n 7]", Layout.ALPACA, "FILE:2: the row is 7 (valid: a JSON object");
    refused(
        good + "\n{\"prompt\": \"a\"}",
        Layout.ALPACA,
        "FILE:2: instruction: is missing (valid: a text)");
    refused("{\"instruction\": 7}", Layout.ALPACA, "FILE:1: instruction: is 7 (valid: a text)");
    refused(
        "{\"instruction\": \"a\", \"output\": [\"b\"]}",
        Layout.ALPACA,
        "FILE:1: output: is [\"b\"] (valid: a text, or no such key)");
    refused(
        "{\"instruction\": \"a\", \"instruction\": \"b\"}", Layout.ALPACA, "FILE:1: no JSON: Dupl");
    refused(
        good, Layout.UNNATURAL_CORE, "FILE:1: instances: is missing (valid: a list of objects)");
    refused(
        "{\"instances\": [{\"output\": \"b\"}]}",
        Layout.UNNATURAL_FULL,
        "FILE:1: instances[0].instruction_with_input: is missing");
    refused(
        "{\"messages\": [{\"role\": \"user\", \"content\": 1}]}",
        Layout.CHAT,
        "FILE:1: messages[0].content: is 1 (valid: a text)");
    refused(good, Layout.CHAT, "FILE:1: conversations: is missing (valid: a list of messages, in");
  }

  @Test
  void aTruncatedGzipFileIsNamedWithTheLineWhereItBreaksOff() throws IOException {
    Path whole = folder.resolve("whole.jsonl.gz");
    var random = new java.util.Random(7);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 2000; i++) {
        out.write(
            "{\"instruction\": \"%d %d\"}\n"
                .formatted(i, random.nextLong())
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    for (int cut : List.of(bytes.length / 2, bytes.length - 4)) {
      Path path = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes, cut));
      assertThatThrownBy(() -> read(path, Layout.ALPACA))
          .isInstanceOf(CorpusException.class)
          .hasMessageStartingWith(path + ":")
          .hasMessageContaining("the file breaks off after line ");
    }
  }

  @Test
  void aLineOf200MegabytesIsRefusedWithoutBeingHeld() throws IOException {
    Path path = folder.resolve("long.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      out.write("{\"instruction\": \"a\"}\n{\"instruction\": \"".getBytes(StandardCharsets.UTF_8));
      byte[] megabyte = new byte[1 << 20];
      Arrays.fill(megabyte, (byte) 'x');
      for (int i = 0; i < 200; i++) {
        out.write(megabyte);
      }
      out.write("\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> read(path, Layout.ALPACA))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "%s:2: the row has 209,715,219 bytes (valid: at most 33,554,432)".formatted(path));
  }

  @Test
  void aFileThatChangedSinceItWasPlannedIsRefused() throws IOException {
    Path path = file("rows.json", "[{\"instruction\": \"a\"}]");
    InstructionFile planned =
        InstructionFile.of(path, DigestCache.open(folder.resolve("digests.tsv")));
    file("rows.json", "[{\"instruction\": \"b\"}]");
    assertThatThrownBy(() -> InstructionReader.read(path, planned, Layout.ALPACA, given -> {}))
        .hasMessageContaining("changed while it was read, or since the run was planned");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "SEEDWRIGHT_DATA", matches = ".+")
  void thePublishedSetsHaveTheirRows() throws IOException {
    Path data = Path.of(System.getenv("SEEDWRIGHT_DATA")).resolve("instruction");
    List<GivenInstruction> codeAlpaca = read(data.resolve("new_codealpaca.json.gz"), Layout.ALPACA);
    // 4,535 rows, 3,580 of them with input.
    assertThat(codeAlpaca).hasSize(4535);
    assertThat(codeAlpaca).filteredOn(given -> given.refusal().isPresent()).isEmpty();
    assertThat(codeAlpaca)
        .filteredOn(given -> given.instruction().contains("\n\nInput:\n"))
        .hasSizeBetween(3500, 3580);
    assertThat(new HashSet<>(codeAlpaca.stream().map(GivenInstruction::ordinal).toList()))
        .hasSize(4535);
    assertThat(read(data.resolve("evol_seed_21.json.gz"), Layout.ALPACA))
        .hasSize(21)
        .allMatch(given -> given.response().isPresent());
  }
}
