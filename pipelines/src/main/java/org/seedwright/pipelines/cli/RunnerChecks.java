package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seedwright.pipelines.engine.ClusterAddress;
import org.seedwright.pipelines.engine.ClusterLook;
import org.seedwright.pipelines.engine.ClusterUnusableException;
import org.seedwright.pipelines.engine.DataflowLauncher;
import org.seedwright.pipelines.engine.EngineException;
import org.seedwright.pipelines.engine.WorkerCode;
import org.seedwright.pipelines.store.PostgresAddress;
import org.seedwright.pipelines.store.StoreLook;

/**
 * What carries jobs and keeps replies elsewhere than on this machine. What was given by its address
 * has to answer; what was not is only told of.
 */
final class RunnerChecks {
  private static final String FLINK = "flink";
  private static final String POSTGRES = "postgresql";

  private final Optional<ClusterAddress> cluster;
  private final Optional<PostgresAddress> server;
  private final Path workerJar;
  private final Path dataflowJar;

  /**
   * Checks of what was given.
   *
   * @param workerJar where workers of a cluster have their classes from
   * @param dataflowJar where a build puts the jar for Dataflow
   */
  RunnerChecks(
      Optional<ClusterAddress> cluster,
      Optional<PostgresAddress> server,
      Path workerJar,
      Path dataflowJar) {
    this.cluster = cluster;
    this.server = server;
    this.workerJar = workerJar;
    this.dataflowJar = dataflowJar;
  }

  List<Check> all() throws InterruptedException {
    return List.of(flink(), postgres(), dataflow());
  }

  private Check flink() throws InterruptedException {
    if (cluster.isEmpty()) {
      return Check.note(FLINK, "not asked: --flink-master HOST:PORT names a cluster");
    }
    ClusterAddress address = cluster.get();
    ClusterLook look;
    try {
      look = ClusterLook.at(address);
    } catch (EngineException | ClusterUnusableException e) {
      return Check.problem(FLINK, Checks.said(e)).curedBy("$FLINK_HOME/bin/start-cluster.sh");
    }
    String there =
        "%s: Flink %s, %d slots of %d workers, %d free"
            .formatted(address, look.version(), look.slots(), look.workers(), look.free());
    if (look.slots() == 0) {
      return Check.problem(FLINK, there).curedBy("$FLINK_HOME/bin/taskmanager.sh start");
    }
    try {
      WorkerCode.of(workerJar).check();
      return Check.ok(FLINK, "%s; worker jar %s".formatted(there, workerJar));
    } catch (ClusterUnusableException | IOException e) {
      return Check.problem(FLINK, "%s; %s".formatted(there, Checks.said(e)))
          .curedBy(WorkerCode.BUILD);
    }
  }

  private Check postgres() {
    if (server.isEmpty()) {
      return Check.note(POSTGRES, "not asked: --store postgresql://HOST/DATABASE names a store");
    }
    PostgresAddress address = server.get();
    StoreLook look = StoreLook.at(address);
    if (look.problem().isPresent()) {
      String problem = look.problem().get();
      return Check.problem(POSTGRES, "%s: %s".formatted(address, problem))
          .curedBy(remedy(address, problem));
    }
    return Check.ok(
        POSTGRES,
        look.exists()
            ? "%s: %,d replies".formatted(address, look.replies().orElse(0L))
            : "%s: reached; the first run makes its tables".formatted(address));
  }

  /** The server's own words tell what it lacks; its client's commands come with it. */
  private static String remedy(PostgresAddress address, String problem) {
    String where = "-h %s -p %d".formatted(address.host(), address.port());
    if (problem.contains("password") || problem.contains("authentication")) {
      return "read -rs PGPASSWORD && export PGPASSWORD";
    }
    if (problem.contains("database") && problem.contains("does not exist")) {
      return "createdb --encoding=UTF8 %s %s".formatted(where, address.database());
    }
    return "pg_isready " + where;
  }

  private Check dataflow() {
    if (DataflowLauncher.find().isPresent()) {
      return Check.ok("dataflow", "in this jar");
    }
    return Files.isRegularFile(dataflowJar)
        ? Check.ok("dataflow", "java -jar %s run … --runner dataflow".formatted(dataflowJar))
        : Check.missing(
            "dataflow",
            "there is no %s, which --runner dataflow needs".formatted(dataflowJar),
            DataflowOptions.BUILD);
  }
}
