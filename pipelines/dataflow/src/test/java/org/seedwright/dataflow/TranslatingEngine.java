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
  /** Ends a stage that would now read what its job has written. */
  public static final class NothingWritten extends RuntimeException {
    NothingWritten(String job) {
      super(job + " was translated and not run");
    }
  }

  private final DataflowEngine dataflow =
      new DataflowEngine(
          new DataflowTarget(
              "my-project", "europe-west1", "gs://my-bucket/temp", "gs://my-bucket/staging"),
          List.of());
  private final Path folder;
  private final String readAfterwards;
  private final Map<String, JobFile> jobs = new TreeMap<>();

  /**
   * @param folder where jobs are written; its path is in them
   * @param readAfterwards the job whose stage reads what it has written: it ends by {@link
   *     NothingWritten}, before it looks on Cloud Storage
   */
  public TranslatingEngine(Path folder, String readAfterwards) {
    this.folder = folder;
    this.readAfterwards = readAfterwards;
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
    String name = file.getFileName().toString().replace(".json", "");
    try {
      jobs.put(name, JobFile.read(file, NoStager.taken()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (name.equals(readAfterwards)) {
      throw new NothingWritten(name);
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
