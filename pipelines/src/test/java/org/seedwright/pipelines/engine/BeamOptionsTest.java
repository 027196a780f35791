package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;

class BeamOptionsTest {
  @Test
  void whatIsGivenStandsInPlaceOfTheEnginesOwn() {
    var engine = new LocalEngine(3, new BeamOptions(List.of("--fasterCopy=false")));

    var options = engine.options("a-job").as(FlinkPipelineOptions.class);

    assertThat(options.getFasterCopy()).isFalse();
    assertThat(options.getObjectReuse()).isTrue();
    assertThat(options.getParallelism()).isEqualTo(3);
    assertThat(options.getJobName()).isEqualTo("a-job");
  }

  @Test
  void anUnknownOptionIsRefusedByName() {
    assertRefused("--fasterKopy=false", "--fasterKopy is no option of Beam or of a runner here");
  }

  @Test
  void whatTheCommandDecidesIsRefusedWithWhereItIsDecided() {
    assertRefused(
        "--flinkMaster=a:1",
        "--flinkMaster cannot be given after --: it is decided by --flink-master");
    assertRefused("--runner=DirectRunner", "--runner cannot be given after --: it is decided by");
  }

  @Test
  void whatLooksLikeNoOptionIsRefused() {
    assertRefused("second.yaml", "second.yaml is no Beam option; after -- they look like");
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByTheOption() {
    assertRefused("--maxParallelism=many", "Beam refuses an option given after --:");
  }

  private static void assertRefused(String argument, String message) {
    assertThatThrownBy(() -> new BeamOptions(List.of(argument)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
