package org.seedwright.pipelines.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * A Flink session cluster, given by its address. Nothing is uploaded with a job but the job itself:
 * workers load their classes from a jar that was put into the workspace once, which they share with
 * the command, or from their own lib folder. A job in which a worker is lost goes on without it;
 * batch exchange is on, so that what is finished before a shuffle is not done again.
 */
public final class ClusterEngine implements Engine {
  /** Times that a job is restarted. */
  private static final int RESTARTS = 3;

  /** Between failure and restart: enough for Flink to notice that a worker is gone. */
  private static final Duration RESTART_DELAY = Duration.ofSeconds(5);

  private final ClusterAddress address;
  private final SessionCluster cluster;
  private final int slots;
  private final int parallelism;
  private final int taskManagers;
  private final BeamOptions given;
  private final Configuration settings;

  private ClusterEngine(
      ClusterAddress address,
      SessionCluster cluster,
      int slots,
      int parallelism,
      int taskManagers,
      BeamOptions given,
      Configuration settings) {
    this.address = address;
    this.cluster = cluster;
    this.slots = slots;
    this.parallelism = parallelism;
    this.taskManagers = taskManagers;
    this.given = given;
    this.settings = settings;
  }

  /**
   * Connects to a cluster and makes sure that its workers can do their part: every one of them
   * reads and writes the shared folder.
   *
   * @param parallelism subtasks of a job, at most as many as the cluster has slots; all of them if
   *     none are named
   * @param shared a folder that all processes of the cluster have under the same path
   * @param needs what workers must have besides
   * @throws ClusterUnusableException if cluster, jar, folder or workers are not as they should be
   * @throws EngineException if nobody answers at the address
   */
  public static ClusterEngine connect(
      ClusterAddress address,
      OptionalInt parallelism,
      WorkerCode code,
      Path shared,
      WorkerNeeds needs,
      BeamOptions given)
      throws IOException, InterruptedException {
    String conf =
        given
            .over(LocalEngine.flinkOptions("connect", 1))
            .as(FlinkPipelineOptions.class)
            .getFlinkConfDir();
    var cluster =
        SessionCluster.at(
            address,
            conf == null ? new Configuration() : GlobalConfiguration.loadConfiguration(conf));
    SessionCluster.Slots there = cluster.slots();
    if (there.total() == 0) {
      throw new ClusterUnusableException(
          "the cluster at %s has no slots: no TaskManager has joined it".formatted(address));
    }
    int subtasks = parallelism.orElse(there.total());
    if (subtasks < 1 || subtasks > there.total()) {
      throw new ClusterUnusableException(
          "--parallelism must be 1 to %d, the slots of the cluster at %s, but was %d"
              .formatted(there.total(), address, subtasks));
    }
    var settings = new Configuration(cluster.configuration());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
    WorkerNeeds all = needs;
    if (code.jar().isPresent()) {
      Path jar = code.placeIn(shared.resolve("cache"));
      all = needs.and(jar);
      settings.set(
          org.apache.flink.configuration.PipelineOptions.CLASSPATHS,
          List.of(jar.toUri().toURL().toString()));
    }
    var engine =
        new ClusterEngine(
            address,
            cluster,
            Math.max(subtasks, there.free()),
            subtasks,
            there.taskManagers(),
            given,
            settings);
    engine.look(shared, all, code.jar().isEmpty());
    return engine;
  }

  /** Returns the subtasks of a job. */
  public int parallelism() {
    return parallelism;
  }

  @Override
  public boolean isElsewhere() {
    return true;
  }

  @Override
  public int processes() {
    return Math.min(parallelism, taskManagers);
  }

  @Override
  public PipelineOptions options(String jobName) {
    return given.over(LocalEngine.flinkOptions(jobName, parallelism));
  }

  @Override
  public void run(Pipeline pipeline) {
    try {
      FlinkContext.during(cluster, settings, parallelism, () -> pipeline.run().waitUntilFinish());
    } catch (RuntimeException e) {
      throw EngineException.of(pipeline.getOptions().getJobName(), e);
    }
  }

  @Override
  public void cancel() {
    cluster.cancel();
  }

  @Override
  public void close() {}

  /**
   * Has every worker read and write the folder, in a job of as many subtasks as there are slots.
   */
  private void look(Path shared, WorkerNeeds needs, boolean installed)
      throws IOException, InterruptedException {
    Files.createDirectories(shared);
    Path folder = Files.createTempDirectory(shared, ".probe-");
    try {
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        // Others than this user may run the workers, as far as the workspace itself lets them in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      Path probe = folder.resolve("probe");
      // The folder's name is drawn by the system, so no other folder holds this token.
      String token = folder.getFileName().toString();
      Files.writeString(probe, token);
      var look =
          new WorkerLook(
              probe.toString(),
              token,
              needs.readable().stream().map(Path::toString).toList(),
              needs.variables().stream().sorted().toList(),
              installed ? Engine.class.getName() : "");
      judge(shared, looked(folder, look));
    } finally {
      remove(folder);
    }
  }

  private List<String> looked(Path folder, WorkerLook look) throws IOException {
    Path jar = folder.resolve("look.jar");
    writeJar(jar);
    var configuration = new Configuration(cluster.configuration());
    configuration.set(
        org.apache.flink.configuration.PipelineOptions.JARS, List.of(jar.toUri().toString()));
    try {
      return FlinkContext.of(cluster, configuration, slots)
          .generateSequence(1, slots)
          .mapPartition(look)
          .collect();
    } catch (Exception e) {
      throw EngineException.of("that looks at the workers of " + address, e);
    }
  }

  private static void writeJar(Path file) throws IOException {
    String name = WorkerLook.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        var jar = new JarOutputStream(out);
        var own = WorkerLook.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      own.transferTo(jar);
      jar.closeEntry();
    }
  }

  private void judge(Path shared, List<String> looks) {
    var wrong = new TreeSet<String>();
    var lacking = new TreeSet<String>();
    for (String look : looks) {
      String[] parts = look.split("\t", 3);
      if (!parts[1].equals(WorkerLook.FINE)) {
        wrong.add("%s %s".formatted(parts[0], parts[1]));
      }
      if (!parts[2].isEmpty()) {
        lacking.add("%s lacks %s".formatted(parts[0], parts[2].strip().replace(" ", ", ")));
      }
    }
    if (!wrong.isEmpty()) {
      throw new ClusterUnusableException(
          ("the workers of the cluster at %s cannot use the workspace %s; it must be a folder that"
                  + " they share with this machine, under the same path:%s")
              .formatted(address, shared, listed(wrong)));
    }
    if (!lacking.isEmpty()) {
      throw new ClusterUnusableException(
          ("the workers of the cluster at %s answer by themselves with a PostgreSQL store, so an"
                  + " environment variable that holds an API key must be set for every TaskManager"
                  + " before it starts:%s")
              .formatted(address, listed(lacking)));
    }
  }

  private static String listed(Set<String> workers) {
    return "\n  worker " + String.join("\n  worker ", workers);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
