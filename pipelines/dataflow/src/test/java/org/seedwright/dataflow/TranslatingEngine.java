package org.seedwright.dataflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.options.PipelineOptions;
import org.seedwright.pipelines.engine.DataflowTarget;
import org.seedwright.pipelines.engine.Engine;

/** Dataflow's engine, but that jobs are written into files and neither sent nor run. */
public final class TranslatingEngine implements Engine {
  private final DataflowEngine dataflow =
      new DataflowEngine(
          new DataflowTarget(
              "my-project", "europe-west1", "gs://my-bucket/temp", "gs://my-bucket/staging"),
          List.of());
  private final Path folder;
  private final Map<String, JobFile> jobs = new TreeMap<>();

  public TranslatingEngine(Path folder) {
    this.folder = folder;
  }

  public Map<String, JobFile> jobs() {
    return jobs;
  }

  @Override
  public PipelineOptions options(String jobName) {
    DataflowPipelineOptions options = dataflow.options(jobName).as(DataflowPipelineOptions.class);
    options.setTemplateLocation(folder.resolve(jobName + ".json").toString());
    options.setStagerClass(NoStager.class);
    options.setPathValidatorClass(NoopPathValidator.class);
    options.setCredentialFactoryClass(NoopCredentialFactory.class);
    return options;
  }

  @Override
  public void run(Pipeline pipeline) {
    DataflowPipelineOptions options = pipeline.getOptions().as(DataflowPipelineOptions.class);
    Path file = Path.of(options.getTemplateLocation());
    pipeline.run();
    try {
      String name = file.getFileName().toString().replace(".json", "");
      jobs.put(name, JobFile.read(file, NoStager.taken()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Engine here() {
    return dataflow.here();
  }

  @Override
  public void close() {
    dataflow.close();
  }
}
