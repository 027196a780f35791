package org.seedwright.pipelines.run;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.stage.ReadReplies;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.workspace.TeacherUse;

/** For runs that must start no job and ask nobody. */
final class NoEngine implements Engine {
  @Override
  public PipelineOptions options(String jobName) {
    throw new AssertionError("job %s was started".formatted(jobName));
  }

  @Override
  public void run(Pipeline pipeline) {
    throw new AssertionError("a job was started");
  }

  @Override
  public void close() {}

  static TeacherUse nobody(
      String job,
      String role,
      Engine engine,
      TableFolder requests,
      TableFolder replies,
      ReadReplies read) {
    throw new AssertionError("%s asked".formatted(job));
  }
}
