package org.seedwright.pipelines.engine;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;

/**
 * The context environment that Beam's runner, told the master "[auto]", submits a job through. It
 * is there while a job runs and no longer, so that engines of several kinds serve one command.
 * Beam's batch runner needs the DataSet interface.
 */
@SuppressWarnings("deprecation")
final class FlinkContext extends ExecutionEnvironment {
  private static final String TARGET = "seedwright";

  /** Where a job goes. */
  @FunctionalInterface
  interface Cluster {
    CompletableFuture<JobClient> submit(JobGraph graph, ClassLoader classes) throws Exception;
  }

  private FlinkContext(Cluster cluster, Configuration configuration, int parallelism) {
    super(new Executors(cluster), configuration, FlinkContext.class.getClassLoader());
    setParallelism(parallelism);
  }

  /** Returns an environment to make a job of Flink's own with. */
  static ExecutionEnvironment of(Cluster cluster, Configuration configuration, int parallelism) {
    var settings = new Configuration(configuration);
    settings.set(DeploymentOptions.TARGET, TARGET);
    settings.set(DeploymentOptions.ATTACHED, true);
    var context = new FlinkContext(cluster, settings, parallelism);
    // Flink itself does not take it over from here.
    org.apache.flink.api.common.restartstrategy.RestartStrategies.fromConfiguration(settings)
        .ifPresent(context::setRestartStrategy);
    return context;
  }

  /** Runs work whose Beam jobs go to a cluster. */
  static void during(Cluster cluster, Configuration configuration, int parallelism, Runnable work) {
    initializeContextEnvironment(() -> of(cluster, configuration, parallelism));
    try {
      work.run();
    } finally {
      resetContextEnvironment();
    }
  }

  private record Executors(Cluster cluster)
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(TARGET);
    }

    @Override
    public String getName() {
      return TARGET;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return TARGET.equals(configuration.get(DeploymentOptions.TARGET));
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return (pipeline, settings, classes) ->
          cluster.submit(PipelineExecutorUtils.getJobGraph(pipeline, settings, classes), classes);
    }
  }
}
