package org.seedwright.dataflow;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.seedwright.pipelines.engine.DataflowLauncher;
import org.seedwright.pipelines.engine.DataflowTarget;
import org.seedwright.pipelines.engine.Engine;

/** Launches jobs whose workers run the very jar that this class is in. */
public final class CloudLauncher implements DataflowLauncher {
  @Override
  public void openFileSystems(DataflowTarget target) {
    FileSystems.setDefaultPipelineOptions(engine(target).options("file-systems"));
  }

  @Override
  public Engine engine(DataflowTarget target) {
    return new DataflowEngine(target, List.of(jar().toString()));
  }

  private static Path jar() {
    try {
      return Path.of(
          CloudLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class comes from a file or folder", e);
    }
  }
}
