package org.seedwright.pipelines.run;

import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.parquet.hadoop.ParquetWriter;

/** What this build of Seedwright is made of, as far as it can touch bytes. */
final class Build {
  private Build() {}

  /** Returns the version of the build, or {@code unknown} when it does not run from a jar. */
  static String revision() {
    return version(Build.class);
  }

  static Map<String, String> libraries() {
    var versions = new TreeMap<String, String>();
    versions.put("avro", version(Schema.class));
    versions.put("beam", ReleaseInfo.getReleaseInfo().getSdkVersion());
    versions.put("java", Runtime.version().toString());
    versions.put("parquet", version(ParquetWriter.class));
    return versions;
  }

  private static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
