package org.seedwright.pipelines.engine;

import java.util.stream.Stream;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;

/**
 * A Flink mini cluster and the context environment through which Beam's runner reaches it: a job
 * costs what the job costs, where a cluster per job costs seconds and one over REST stages the
 * whole class path (docs/decisions/0002-embedded-flink.md has the figures).
 */
final class EmbeddedFlink implements AutoCloseable {
  private static final String TARGET = "seedwright-embedded";

  private final MiniCluster cluster;

  private EmbeddedFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static EmbeddedFlink start(int slots) {
    var configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    // Any free port: two commands on one machine do not meet.
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress("127.0.0.1")
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new EngineException("the engine inside the process does not start: " + e, e);
    }
    Environment.install(cluster, slots);
    return new EmbeddedFlink(cluster);
  }

  @Override
  public void close() {
    Environment.remove();
    try {
      cluster.close();
    } catch (Exception e) {
      throw new EngineException("the engine inside the process does not stop: " + e, e);
    }
  }

  /**
   * The environment that Beam finds under the master "[auto]"; Beam's batch runner needs DataSet.
   */
  @SuppressWarnings("deprecation")
  private static final class Environment extends ExecutionEnvironment {
    private Environment(MiniCluster cluster, Configuration configuration) {
      super(new Executors(cluster), configuration, EmbeddedFlink.class.getClassLoader());
    }

    static void install(MiniCluster cluster, int parallelism) {
      var configuration = new Configuration();
      configuration.set(DeploymentOptions.TARGET, TARGET);
      configuration.set(DeploymentOptions.ATTACHED, true);
      initializeContextEnvironment(
          () -> {
            var environment = new Environment(cluster, configuration);
            environment.setParallelism(parallelism);
            return environment;
          });
    }

    static void remove() {
      resetContextEnvironment();
    }
  }

  private record Executors(MiniCluster cluster)
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
      return (pipeline, settings, classLoader) -> {
        var graph = PipelineExecutorUtils.getJobGraph(pipeline, settings, classLoader);
        return cluster
            .submitJob(graph)
            .thenApply(
                submitted ->
                    new MiniClusterJobClient(
                        submitted.getJobID(),
                        cluster,
                        classLoader,
                        JobFinalizationBehavior.NOTHING));
      };
    }
  }
}
