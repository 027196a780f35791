package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.Slow;

/** {@code run --preview} on a workspace whose store holds the replies already. */
@Slow
class PreviewCommandTest {
  @TempDir private static Path folder;
  private static StoryWorkspace tales;

  @BeforeAll
  static void runTheChain() throws Exception {
    tales = new StoryWorkspace(folder);
    tales.run();
  }

  @Test
  void theSeedsArePrintedWithWhatBecameOfThem() throws Exception {
    byte[] record = Files.readAllBytes(tales.workspace().resolve("runs/tales/run.json"));

    var printed = tales.command("run", "--preview", "4", tales.experiment().toString());

    assertThat(printed.exitCode()).as(printed.err()).isZero();
    assertThat(printed.out())
        .startsWith("seed 1 of 4  ")
        .containsPattern(
            "seed \\d of 4  [0-9a-f]{32}  street: \\w+.py, lines \\d to 5, python\n  \\| ")
        .containsPattern("  round 0  [0-9a-f]{32}  in the data set\n    instruction\n      \\| ")
        .containsPattern("    response\n      \\| ")
        .containsPattern("  round 1  [0-9a-f]{32}  add-constraints@1  ")
        .containsPattern("REJECTED in [a-z0-9-]+: [a-z-]+ \\(")
        .contains("The whole of each text: ./seedwright explain ID")
        .contains("teacher: ")
        .doesNotContain("\u001b");
    assertThat(tales.workspace().resolve("runs/tales.preview/run.json")).exists();
    assertThat(Files.readAllBytes(tales.workspace().resolve("runs/tales/run.json")))
        .isEqualTo(record);
  }

  @Test
  void theNumberIsTenWhereNoneIsGivenAndTheObjectHoldsThePreview() throws Exception {
    var printed = tales.command("run", tales.experiment().toString(), "--json", "--preview");

    JsonNode json = new ObjectMapper().readTree(printed.out());
    assertThat(json.at("/run").textValue()).isEqualTo("tales.preview");
    assertThat(json.at("/preview/seeds")).hasSize(5);
    assertThat(json.at("/preview/seeds/0/turns/0/round").intValue()).isZero();
    // Five seeds are all that there are, so the stages are those of the full run.
    assertThat(json.at("/stages/2/status").textValue()).isEqualTo("reused");
  }

  @Test
  void partsOfADataSetHaveOnePreview() throws Exception {
    String one = Files.readString(tales.experiment());
    Path parts = Files.writeString(folder.resolve("parts.yaml"), one + "subset: [{round: 1}]\n");
    var printed = tales.command("run", parts.toString(), "--preview", "2");
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    assertThat(printed.out()).startsWith("seed 1 of 2  ");
  }

  @Test
  void aNumberOutOfRangeIsWrongInput() {
    for (String number : new String[] {"0", "1001", "-1"}) {
      var printed = tales.command("run", tales.experiment().toString(), "--preview", number);
      assertThat(printed.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
      assertThat(printed.err()).contains("--preview must be 1 to 1000, but was " + number);
    }
  }
}
