package org.seedwright.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code --runner dataflow} refuses, before anything is read or anybody is asked. */
class DataflowOptionsTest {
  private static final String[] FITTING = {
    "--runner", "dataflow",
    "--project", "my-project",
    "--region", "europe-west1",
    "--temp-location", "gs://my-bucket/temp",
    "--workspace", "gs://my-bucket/ws"
  };

  private static String refusal(String... options) {
    var arguments = new ArrayList<>(List.of("run", "absent.yaml"));
    arguments.addAll(List.of(options));
    var printed = StoryWorkspace.bare(arguments.toArray(String[]::new));
    assertThat(printed.exitCode()).as(printed.err()).isEqualTo(2);
    return printed.err().stripTrailing();
  }

  @Test
  void whatIsAbsentOrNoWorkerCanReadIsRefusedAllAtOnce() {
    assertThat(
            refusal(
                "--runner",
                "dataflow",
                "--region",
                "europe-west1-b",
                "--temp-location",
                "/tmp/beam",
                "--staging-location",
                "s3://my-bucket/staging",
                "--workspace",
                "/data/ws"))
        .isEqualTo(
            """
            seedwright: --runner dataflow cannot be used so:
              --project is missing: it must be the id of a project
              --region must be a region such as europe-west1, but was europe-west1-b
              --temp-location must be a gs:// path, which every worker reads, but was /tmp/beam
              --staging-location must be a gs:// path, which every worker reads, but was s3://my-bucket/staging
              --workspace must be a gs:// path, which every worker reads, but was /data/ws""");
  }

  @Test
  void theDefaultWorkspaceIsNoneForDataflow() {
    assertThat(refusal("--runner", "dataflow"))
        .contains("--workspace must be a gs:// path, which every worker reads, but was workspace");
  }

  @Test
  void aBuildWithoutDataflowSaysHowToMakeOneThatHasIt() {
    assertThat(refusal(FITTING))
        .isEqualTo(
            "seedwright: --runner dataflow is not in this build: make its jar by"
                + " 'mvn -q -B -Pdataflow -DskipTests package' and run"
                + " 'java -jar pipelines/dataflow/target/seedwright-dataflow.jar run …'");
  }

  @Test
  void otherRunnersTakeNoneOfItsOptions() {
    assertThat(refusal("--region", "europe-west1", "--temp-location", "gs://b/t"))
        .isEqualTo(
            "seedwright: --region, --temp-location: only --runner dataflow takes them, but the"
                + " runner is local");
    assertThat(refusal("--workspace", "gs://my-bucket/ws"))
        .isEqualTo(
            "seedwright: --workspace gs://my-bucket/ws is not a folder of this machine; only run"
                + " --runner dataflow takes another");
  }
}
