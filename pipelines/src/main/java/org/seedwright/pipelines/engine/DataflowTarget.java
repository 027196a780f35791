package org.seedwright.pipelines.engine;

import java.util.regex.Pattern;

/**
 * Where on Google Cloud the jobs of a run go.
 *
 * @param project id of the project that pays
 * @param region such as {@code europe-west1}
 * @param tempLocation folder for what jobs write meanwhile, a {@code gs://} path
 * @param stagingLocation folder for the worker jar, a {@code gs://} path
 */
public record DataflowTarget(
    String project, String region, String tempLocation, String stagingLocation) {
  private static final Pattern PROJECT =
      Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]{1,2}");
  private static final Pattern GCS =
      Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[^\\s*?\\[\\]#]*)?");

  public DataflowTarget {
    if (!isProject(project) || !isRegion(region)) {
      throw new IllegalArgumentException(
          "%s and %s are not a project and a region".formatted(project, region));
    }
    if (!isGcs(tempLocation) || !isGcs(stagingLocation)) {
      throw new IllegalArgumentException(
          "%s and %s are not both gs:// paths".formatted(tempLocation, stagingLocation));
    }
  }

  /** Returns whether a text has the form of a project's id. */
  public static boolean isProject(String text) {
    return PROJECT.matcher(text).matches();
  }

  /** Returns whether a text has the form of a region's name; a zone has not. */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /** Returns whether a text is a bucket or a folder of Google Cloud Storage. */
  public static boolean isGcs(String text) {
    return GCS.matcher(text).matches();
  }
}
