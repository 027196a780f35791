package org.seedwright.pipelines.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;

/**
 * A Flink mini cluster inside the process: a job costs what the job costs, where a cluster per job
 * costs seconds and one over REST stages the whole class path
 * (docs/decisions/0002-embedded-flink.md has the figures).
 */
final class EmbeddedFlink implements FlinkContext.Cluster, AutoCloseable {
  private static final Duration LONGEST_SLEEP = Duration.ofDays(7);

  private final MiniCluster cluster;

  private EmbeddedFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static EmbeddedFlink start(int slots) {
    var configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    // A slot that writes several tables sorts each on its way, in network memory.
    MemorySize network = MemorySize.ofMebiBytes(Math.max(64, 16L * slots));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    configuration.setString("taskmanager.network.sort-shuffle.min-buffers", "64");
    // Its parts end together, and a process that was stopped or slept for minutes goes on.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, LONGEST_SLEEP.toMillis());
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
    return new EmbeddedFlink(cluster);
  }

  @Override
  public CompletableFuture<JobClient> submit(JobGraph graph, ClassLoader classes) {
    return cluster
        .submitJob(graph)
        .thenApply(
            submitted ->
                new MiniClusterJobClient(
                    submitted.getJobID(), cluster, classes, JobFinalizationBehavior.NOTHING));
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new EngineException("the engine inside the process does not stop: " + e, e);
    }
  }
}
