package org.seedwright.pipelines.engine;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The way to Dataflow. Its libraries are in no ordinary build: who has them says so under {@code
 * META-INF/services}, as the jar of the Maven profile {@code dataflow} does.
 */
public interface DataflowLauncher {
  /** Makes {@code gs://} paths readable in this process; asks nobody yet. */
  void openFileSystems(DataflowTarget target);

  /** Returns an engine whose jobs run there; nothing is started yet. */
  Engine engine(DataflowTarget target);

  /** Returns the launcher of this build, if it has one. */
  static Optional<DataflowLauncher> find() {
    return ServiceLoader.load(DataflowLauncher.class).findFirst();
  }
}
