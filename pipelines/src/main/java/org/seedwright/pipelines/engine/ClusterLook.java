package org.seedwright.pipelines.engine;

import org.apache.flink.configuration.Configuration;

/**
 * What a cluster says of itself; nothing is run on it.
 *
 * @param version of its Flink, which is this build's but for the last number
 * @param slots of all its workers, 0 where none has joined
 * @param free slots without a task now
 */
public record ClusterLook(String version, int slots, int free, int workers) {

  /**
   * Asks a cluster.
   *
   * @throws EngineException if nobody answers at the address
   * @throws ClusterUnusableException if it is no Flink of this version
   */
  public static ClusterLook at(ClusterAddress address) throws InterruptedException {
    SessionCluster.Slots there = SessionCluster.at(address, new Configuration()).slots();
    return new ClusterLook(there.version(), there.total(), there.free(), there.taskManagers());
  }
}
