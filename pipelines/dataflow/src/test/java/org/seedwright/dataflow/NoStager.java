package org.seedwright.dataflow;

import com.google.api.services.dataflow.model.DataflowPackage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.options.PipelineOptions;

/** Keeps what would be uploaded. */
public final class NoStager implements Stager {
  private static final List<byte[]> STAGED = Collections.synchronizedList(new ArrayList<>());

  /** Beam makes stagers by this name. */
  public static NoStager fromOptions(PipelineOptions options) {
    return new NoStager();
  }

  /** Returns what was staged since the last call. */
  static List<byte[]> taken() {
    synchronized (STAGED) {
      List<byte[]> taken = List.copyOf(STAGED);
      STAGED.clear();
      return taken;
    }
  }

  @Override
  public List<DataflowPackage> stageFiles(List<StagedFile> files) {
    return List.of();
  }

  @Override
  public DataflowPackage stageToFile(byte[] bytes, String name) {
    STAGED.add(bytes);
    return new DataflowPackage().setName(name).setLocation("gs://my-bucket/staging/" + name);
  }
}
