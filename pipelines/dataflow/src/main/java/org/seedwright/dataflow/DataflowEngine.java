package org.seedwright.dataflow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.seedwright.pipelines.engine.DataflowTarget;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.engine.EngineException;
import org.seedwright.pipelines.engine.LocalEngine;

/**
 * Google Cloud Dataflow. A job's options are shown in its page and travel to every worker: nothing
 * secret is among them. Jobs that need this machine's files or the store run in this process.
 */
public final class DataflowEngine implements Engine {
  private final DataflowTarget target;
  private final List<String> filesToStage;
  private Optional<LocalEngine> here = Optional.empty();

  /**
   * Makes an engine; nothing is started and nobody is asked yet.
   *
   * @param filesToStage the jars that workers load
   */
  public DataflowEngine(DataflowTarget target, List<String> filesToStage) {
    this.target = target;
    this.filesToStage = List.copyOf(filesToStage);
  }

  @Override
  public boolean isElsewhere() {
    return true;
  }

  @Override
  public PipelineOptions options(String jobName) {
    DataflowPipelineOptions options = PipelineOptionsFactory.as(DataflowPipelineOptions.class);
    options.setRunner(DataflowRunner.class);
    options.setJobName(nameOf(jobName));
    options.setProject(target.project());
    options.setRegion(target.region());
    options.setTempLocation(target.tempLocation());
    options.setGcpTempLocation(target.tempLocation());
    options.setStagingLocation(target.stagingLocation());
    options.setFilesToStage(filesToStage);
    return options;
  }

  /** Names of jobs there are of lower-case letters, digits and hyphens. */
  private static String nameOf(String jobName) {
    return "seedwright-" + jobName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  @Override
  public void run(Pipeline pipeline) {
    String job = pipeline.getOptions().getJobName();
    PipelineResult.State end;
    try {
      end = pipeline.run().waitUntilFinish();
    } catch (RuntimeException e) {
      throw EngineException.of(job, e);
    }
    if (end != PipelineResult.State.DONE) {
      throw new EngineException(
          "job %s of project %s in %s ended as %s; its page says why"
              .formatted(job, target.project(), target.region(), end),
          null);
    }
  }

  @Override
  public synchronized Engine here() {
    if (here.isEmpty()) {
      here = Optional.of(new LocalEngine(Runtime.getRuntime().availableProcessors()));
    }
    return here.get();
  }

  @Override
  public synchronized void close() {
    here.ifPresent(LocalEngine::close);
    here = Optional.empty();
  }
}
