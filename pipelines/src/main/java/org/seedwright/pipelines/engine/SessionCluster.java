package org.seedwright.pipelines.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * A Flink session cluster, reached through the REST endpoint of its JobManager. A job is cancelled
 * by the cluster when this process is gone for three minutes.
 */
final class SessionCluster implements FlinkContext.Cluster {
  private static final int CONNECT_MILLIS = 10_000;
  private static final long ANSWER_SECONDS = 60;

  /** Flink's own defaults; the JobManager compares them with its clock. */
  private static final long HEARTBEAT_MILLIS = 30_000;

  private static final long GONE_MILLIS = 180_000;

  private final ClusterAddress address;
  private final Configuration configuration;
  private volatile Optional<JobClient> running = Optional.empty();

  private SessionCluster(ClusterAddress address, Configuration configuration) {
    this.address = address;
    this.configuration = configuration;
  }

  /** What a cluster has. */
  record Slots(String version, int total, int free, int taskManagers) {}

  /**
   * Names a cluster; nothing is sent yet.
   *
   * @param given settings of the client, such as those of TLS
   */
  static SessionCluster at(ClusterAddress address, Configuration given) {
    var configuration = new Configuration(given);
    configuration.set(RestOptions.ADDRESS, address.host());
    configuration.set(RestOptions.PORT, address.port());
    return new SessionCluster(address, configuration);
  }

  Configuration configuration() {
    return configuration;
  }

  /**
   * Asks the cluster for its slots.
   *
   * @throws EngineException if nobody answers there
   * @throws ClusterUnusableException if it is no Flink of this version
   */
  Slots slots() throws InterruptedException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
    } catch (IOException e) {
      throw new EngineException(
          "nobody answers at --flink-master %s (%s); start the cluster, or name the address of its"
                  .formatted(address, e)
              + " JobManager's REST endpoint",
          e);
    }
    try (var client = client()) {
      var overview = client.getClusterOverview().get(ANSWER_SECONDS, TimeUnit.SECONDS);
      String ours = minor(EnvironmentInformation.getVersion());
      if (!minor(overview.getVersion()).equals(ours)) {
        throw new ClusterUnusableException(
            "the cluster at %s is Flink %s, but it must be %s"
                .formatted(address, overview.getVersion(), ours));
      }
      return new Slots(
          overview.getVersion(),
          overview.getNumSlotsTotal(),
          overview.getNumSlotsAvailable(),
          overview.getNumTaskManagersConnected());
    } catch (ExecutionException | TimeoutException e) {
      throw new ClusterUnusableException(
          "what answers at --flink-master %s is no Flink cluster: %s"
              .formatted(address, e.getCause() == null ? e : e.getCause()));
    }
  }

  /** Returns 1.19 for 1.19.3. */
  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
  }

  @Override
  public CompletableFuture<JobClient> submit(JobGraph graph, ClassLoader classes) throws Exception {
    graph.setInitialClientHeartbeatTimeout(GONE_MILLIS);
    try (var client = client()) {
      client.submitJob(graph).get();
    }
    var job = new ClusterClientJobClientAdapter<>(this::client, graph.getJobID(), classes);
    var heartbeats = ClientUtils.reportHeartbeatPeriodically(job, HEARTBEAT_MILLIS, GONE_MILLIS);
    running = Optional.of(job);
    JobClient ends =
        new EndingJob(
            job,
            () -> {
              running = Optional.empty();
              heartbeats.shutdownNow();
            });
    return CompletableFuture.completedFuture(ends);
  }

  /** Cancels the job that is running, if there is one; does not wait for its end. */
  void cancel() {
    running.ifPresent(
        job -> {
          try {
            job.cancel().get(5, TimeUnit.SECONDS);
          } catch (ExecutionException | TimeoutException e) {
            // The cluster cancels it when it no longer hears of this process.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private RestClusterClient<StandaloneClusterId> client() {
    try {
      return new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
    } catch (Exception e) {
      throw new EngineException("no client for the cluster at %s: %s".formatted(address, e), e);
    }
  }
}
