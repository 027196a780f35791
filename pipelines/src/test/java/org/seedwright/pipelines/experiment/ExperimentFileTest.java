package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void makeDesk() {
    desk = new Desk(folder);
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThat(desk.lines("")).containsExactly("experiment.yaml:1: is empty");
    assertThat(desk.lines("# nothing\n---\n")).containsExactly("experiment.yaml:1: is empty");
    assertThat(desk.lines("# nothing\n")).containsExactly("experiment.yaml:1: is empty");
  }

  @Test
  void aFileThatIsNoMappingIsRefused() {
    assertThat(desk.lines("\n- name: x\n"))
        .containsExactly("experiment.yaml:2: is not a mapping of keys");
    assertThat(desk.lines("name")).containsExactly("experiment.yaml:1: is not a mapping of keys");
  }

  @Test
  void aSyntaxErrorIsOneProblemWithItsLine() {
    assertThat(desk.problems("name: x\nseed: [1\nshards: 2\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.message()).startsWith("is not YAML: ").doesNotContain("\n");
            });
    assertThat(desk.lines("name: x\n\tseed: 1\n"))
        .singleElement()
        .asString()
        .startsWith("experiment.yaml:2: is not YAML: ");
    assertThat(desk.lines("name: x\n---\nname: y\n"))
        .singleElement()
        .asString()
        .startsWith("experiment.yaml:2: is not YAML: ");
    assertThat(desk.lines("name: *nobody\n"))
        .singleElement()
        .asString()
        .startsWith("experiment.yaml:1: is not YAML: ");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirLine() {
    assertThat(desk.lines("name: x\nseed: \0\n"))
        .containsExactly("experiment.yaml:2: has a NUL byte; an experiment file is UTF-8 text");
    byte[] latin = "name: x\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(desk.problems(latin))
        .extracting(Problem::line, Problem::message)
        .containsExactly(tuple(2, "is not UTF-8: byte 0xe9 at offset 13"));
    byte[] cut = {'a', ':', '\n', (byte) 0xe2, (byte) 0x82};
    assertThat(desk.problems(cut))
        .extracting(Problem::line, Problem::message)
        .containsExactly(tuple(2, "is not UTF-8: byte 0xe2 at offset 3"));
    assertThat(desk.lines("name: x\n\n# \u0007\n"))
        .containsExactly("experiment.yaml:3: has the character U+0007, which YAML does not allow");
  }

  @Test
  void aByteOrderMarkIsNoMistake() throws Exception {
    assertThat(desk.read("\ufeff" + Desk.SHORTEST)).isEqualTo(desk.read(Desk.SHORTEST));
    assertThat(desk.read(Desk.SHORTEST.replace("\n", "\r\n"))).isEqualTo(desk.read(Desk.SHORTEST));
  }

  @Test
  void anAbsentFileAndAFolderAreRefused() {
    assertThatThrownBy(() -> Experiment.read(folder.resolve("no.yaml"), Desk.VOCABULARY))
        .isInstanceOf(ExperimentException.class)
        .hasMessage(folder.resolve("no.yaml") + ": does not exist");
    assertThatThrownBy(() -> Experiment.read(folder, Desk.VOCABULARY))
        .isInstanceOf(ExperimentException.class)
        .hasMessage(folder + ": is a folder, not an experiment file");
  }

  @Test
  void aFileOverOneMebibyteIsRefused() throws Exception {
    String filler = "#".repeat(ExperimentFile.MOST_BYTES - Desk.SHORTEST.length() - 1) + "\n";
    assertThat(desk.problems(Desk.SHORTEST + filler)).isEmpty();
    assertThat(desk.lines(Desk.SHORTEST + "#" + filler))
        .containsExactly(
            "experiment.yaml: is larger than 1048576 bytes; is it an experiment file?");
  }

  @Test
  void aFileOfBracketsIsRefusedAndExhaustsNothing() {
    ByteArrayOutputStream brackets = new ByteArrayOutputStream();
    for (int i = 0; i < 500_000; i++) {
      brackets.write('[');
    }
    assertThat(desk.problems(brackets.toByteArray()))
        .extracting(Problem::message)
        .isEqualTo(List.of("is nested deeper than 50 levels"));
  }

  @Test
  void aliasesThatMultiplyAreNotFollowed() {
    StringBuilder laughs = new StringBuilder(Desk.SHORTEST + "a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(desk.lines(laughs.toString()))
        .singleElement()
        .asString()
        .startsWith("experiment.yaml: is not YAML: Number of aliases");
  }

  @Test
  void aMappingThatHoldsItselfIsRefusedLikeAnyOther() {
    assertThat(desk.problems(Desk.SHORTEST + "limits: &me {limits: *me}\n"))
        .extracting(Problem::key)
        .containsExactly("limits.limits");
  }
}
