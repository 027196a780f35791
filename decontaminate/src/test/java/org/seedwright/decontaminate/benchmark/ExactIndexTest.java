package org.seedwright.decontaminate.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactIndexTest {
  private static final BenchmarkText RUNNING_MEAN =
      new BenchmarkText(
          "ours",
          "ours/1",
          "solution",
          "total = 0\nfor n, x in enumerate(xs, 1):\n    total += x\n    yield total / n\n");
  private static final BenchmarkText SUM =
      new BenchmarkText("ours", "ours/2", "solution", "return x + y");
  private static final BenchmarkText PROMPT =
      new BenchmarkText(
          "ours", "ours/1", "prompt", "Write a generator of the running mean of its input.");

  private static final ExactIndex INDEX = ExactIndex.of(List.of(SUM, RUNNING_MEAN, PROMPT));

  @Test
  void aReindentedAndRecasedCopyIsFoundWithItsSpan() {
    String row =
        "Here you are:\n```\n\tTOTAL=0\n\tfor N,X in Enumerate(xs,1):\n\t\tTotal+=X"
            + "\n\t\tyield Total/N\n```\n";
    assertThat(INDEX.find("response", row))
        .containsExactly(
            new Overlap(
                "ours",
                "ours/1",
                "solution",
                "exact",
                "response",
                row.indexOf("TOTAL"),
                row.indexOf("\n```\n", 20)));
  }

  @Test
  void onlyTheFirstOccurrenceOfATextIsReported() {
    String row = PROMPT.text() + " Again: " + PROMPT.text();
    assertThat(INDEX.find("instruction", row))
        .containsExactly(
            new Overlap(
                "ours", "ours/1", "prompt", "exact", "instruction", 0, PROMPT.text().length()));
  }

  @Test
  void aShortTextHitsOnlyWhereItIsTheWholeColumn() {
    assertThat(INDEX.find("response", "def add(x, y):\n    return x + y\n")).isEmpty();
    assertThat(INDEX.find("response", " Return X+Y\n"))
        .containsExactly(new Overlap("ours", "ours/2", "solution", "exact", "response", 1, 11));
    assertThat(INDEX.tooShort()).containsExactly(SUM);
    assertThat(INDEX.size()).isEqualTo(2);
  }

  @Test
  void theBoundIsThirtyNormalisedCharacters() {
    BenchmarkText below = new BenchmarkText("b", "1", "prompt", "x ".repeat(29));
    BenchmarkText at = new BenchmarkText("b", "2", "prompt", "y ".repeat(30));
    ExactIndex index = ExactIndex.of(List.of(below, at));
    assertThat(index.tooShort()).containsExactly(below);
    assertThat(index.find("c", "<" + "x".repeat(29) + "y".repeat(30) + ">"))
        .containsExactly(new Overlap("b", "2", "prompt", "exact", "c", 30, 60));
  }

  @Test
  void textsWithOneNormalFormAreAllNamed() {
    BenchmarkText plus =
        new BenchmarkText("ours-plus", "ours/1", "prompt", PROMPT.text().replace(" ", "\n"));
    ExactIndex index = ExactIndex.of(List.of(plus, PROMPT));
    assertThat(index.find("instruction", PROMPT.text()))
        .extracting(Overlap::benchmark)
        .containsExactly("ours", "ours-plus");
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void aTextInsideAnotherTextIsFoundToo() {
    BenchmarkText longer =
        new BenchmarkText("b", "1", "prompt", PROMPT.text() + " It must be lazy.");
    assertThat(ExactIndex.of(List.of(longer, PROMPT)).find("c", longer.text()))
        .extracting(Overlap::taskId)
        .containsExactly("ours/1", "1");
  }

  @Test
  void anEmptyIndexAndAnEmptyTextFindNothing() {
    assertThat(ExactIndex.of(List.of()).find("c", PROMPT.text())).isEmpty();
    assertThat(INDEX.find("c", "")).isEmpty();
    BenchmarkText blank = new BenchmarkText("b", "1", "solution", " \n");
    ExactIndex index = ExactIndex.of(List.of(blank));
    assertThat(index.find("c", "\t")).isEmpty();
    assertThat(index.tooShort()).containsExactly(blank);
  }

  @Test
  void theIndexSurvivesSerialisation() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(INDEX);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ExactIndex copy = (ExactIndex) in.readObject();
      assertThat(copy.find("c", "x " + RUNNING_MEAN.text()))
          .isEqualTo(INDEX.find("c", "x " + RUNNING_MEAN.text()))
          .hasSize(1);
      assertThat(copy.tooShort()).containsExactly(SUM);
    }
  }

  /** Thousands of prompts that begin alike, and a text that repeats their beginning. */
  @Test
  void promptsThatBeginAlikeDoNotSlowThePassDown() {
    String beginning = "Problem: I have the following DataFrame and want to know ".repeat(5);
    List<BenchmarkText> texts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      texts.add(
          new BenchmarkText("b", "t" + i, "prompt", beginning + "what follows row " + i + "."));
    }
    ExactIndex index = ExactIndex.of(texts);
    String row = beginning.repeat(2_000) + "what follows row 77.";
    assertThat(index.find("c", row)).extracting(Overlap::taskId).containsExactly("t77");
  }
}
