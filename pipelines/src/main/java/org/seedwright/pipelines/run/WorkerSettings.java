package org.seedwright.pipelines.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.seedwright.pipelines.engine.ClusterUnusableException;
import org.seedwright.pipelines.experiment.Experiment;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.experiment.TeacherRole;
import org.seedwright.pipelines.stage.AnswerSettings;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.PostgresAddress;
import org.seedwright.pipelines.store.PostgresRefusal;
import org.seedwright.pipelines.store.PostgresResponseStore;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.FlowLimits;
import org.seedwright.pipelines.teacher.Teacher;

/**
 * What the workers of a cluster need to answer the requests of an experiment: its teachers, the
 * share of its limits that one process may use, and the PostgreSQL store that all share. Keys and
 * the store's password come from the environment of each worker.
 *
 * @param store address of the store, as {@link PostgresAddress#parse} reads it; without a password
 * @param run whose account is charged
 * @param most what the run may spend, over all processes
 * @param pressure how hard one process may press the teachers
 * @param teachers the different ones
 * @param roles of each role the number of its teacher
 */
public record WorkerSettings(
    String store,
    String run,
    Most most,
    Pressure pressure,
    List<Reach> teachers,
    Map<String, Integer> roles)
    implements AnswerSettings {
  private static final long NONE = -1;

  public WorkerSettings {
    requireNonNull(store, "store is null");
    requireNonNull(run, "run is null");
    teachers = List.copyOf(teachers);
    roles = Map.copyOf(roles);
  }

  /**
   * A {@link Budget} that can be serialised.
   *
   * @param tokens below 0 for no limit
   * @param nanoUsd below 0 for no limit
   */
  record Most(long tokens, long nanoUsd) implements Serializable {
    static Most of(Budget budget) {
      return new Most(budget.tokens().orElse(NONE), budget.nanoUsd().orElse(NONE));
    }

    Budget budget() {
      return new Budget(limit(tokens), limit(nanoUsd));
    }
  }

  /**
   * {@link FlowLimits} that can be serialised.
   *
   * @param requestsPerMinute below 0 for no limit
   * @param tokensPerMinute below 0 for no limit
   */
  record Pressure(
      int concurrency, int requestsPerMinute, long tokensPerMinute, Duration giveUpAfter)
      implements Serializable {
    static Pressure of(FlowLimits limits) {
      return new Pressure(
          limits.concurrency(),
          limits.requestsPerMinute().orElse((int) NONE),
          limits.tokensPerMinute().orElse(NONE),
          limits.giveUpAfter());
    }

    FlowLimits limits() {
      return new FlowLimits(
          concurrency,
          requestsPerMinute < 0 ? OptionalInt.empty() : OptionalInt.of(requestsPerMinute),
          limit(tokensPerMinute),
          giveUpAfter);
    }
  }

  private static OptionalLong limit(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * Returns the settings of an experiment.
   *
   * @param workers processes that answer at once, 1 or more; each gets an equal share of the limits
   */
  public static WorkerSettings of(Experiment experiment, PostgresAddress store, int workers) {
    var numbers = new ArrayList<TeacherConfig>();
    var roles = new TreeMap<String, Integer>();
    for (TeacherRole role : TeacherRole.values()) {
      TeacherConfig config = experiment.teacher(role);
      if (!numbers.contains(config)) {
        numbers.add(config);
      }
      roles.put(role.id(), numbers.indexOf(config));
    }
    return new WorkerSettings(
        store.url(),
        experiment.name(),
        Most.of(Money.budget(experiment)),
        Pressure.of(TeacherFactory.limits(experiment).share(workers)),
        numbers.stream().map(Reach::of).toList(),
        roles);
  }

  /** Returns the environment variables that hold the keys of an experiment's teachers. */
  public static Set<String> variables(Experiment experiment) {
    return Arrays.stream(TeacherRole.values())
        .flatMap(role -> experiment.teacher(role).apiKeyEnv().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Desk open() throws IOException {
    Map<String, Teacher> asked = teachers(System::getenv);
    ResponseStore opened = openStore();
    return new Desk(new Answering(opened, pressure.limits()), asked, opened);
  }

  private ResponseStore openStore() throws IOException {
    try {
      return PostgresResponseStore.open(
          PostgresAddress.parse(store), run, most.budget(), Clock.systemUTC());
    } catch (StoreException e) {
      if (PostgresRefusal.isOfLogin(e.getCause())) {
        throw new ClusterUnusableException(
            "on worker %s: %s of every TaskManager".formatted(host(), e.getMessage()), e);
      }
      throw e;
    }
  }

  /**
   * Makes the teachers, by role.
   *
   * @throws ClusterUnusableException if this process lacks a key
   */
  Map<String, Teacher> teachers(UnaryOperator<String> environment) throws IOException {
    var made = new ArrayList<Teacher>();
    try {
      teachers.forEach(reach -> made.add(reach.teacher(environment)));
    } catch (IllegalArgumentException e) {
      throw new ClusterUnusableException(
          "on worker %s: %s; with a PostgreSQL store it must be set for every TaskManager before it starts"
              .formatted(host(), e.getMessage()),
          e);
    }
    var byRole = new TreeMap<String, Teacher>();
    roles.forEach((role, number) -> byRole.put(role, made.get(number)));
    return byRole;
  }

  private static String host() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }
}
