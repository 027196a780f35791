package org.seedwright.evaluate.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seedwright.evaluate.sandbox.SandboxLook.Fitness;

/** Looks for bubblewrap, user namespaces and control groups, and starts a slot. */
final class BubblewrapLook {
  private static final String NAME = "bubblewrap";
  private static final String GROUPS = "sys/fs/cgroup";

  /** A control group of version 2 that has processes of its own can give nothing to another. */
  private static final String MOVE_AWAY =
      "mkdir -p /sys/fs/cgroup/rest && xargs -rn1 </sys/fs/cgroup/cgroup.procs"
          + " >/sys/fs/cgroup/rest/cgroup.procs";

  private final Machine machine;
  private final Supplier<Sandbox> opening;
  private final Supplier<Optional<String>> groupRefused;

  BubblewrapLook(
      Machine machine, Supplier<Sandbox> opening, Supplier<Optional<String>> groupRefused) {
    this.machine = machine;
    this.opening = opening;
    this.groupRefused = groupRefused;
  }

  SandboxLook look() throws InterruptedException {
    if (machine.find("bwrap").isEmpty()) {
      return missing("there is no command bwrap", "bubblewrap python3 python3-numpy");
    }
    if (!machine.has("usr/bin/python3")) {
      return missing("there is no /usr/bin/python3", "python3 python3-numpy");
    }
    Machine.Said namespaces = machine.say(inNamespaces());
    if (!namespaces.well()) {
      return SandboxLook.missing(
          NAME, "no namespaces can be made: " + namespaces.line(), allowNamespaces());
    }
    SandboxLook tried =
        SlotTrial.of(opening, NAME, machine.installing("python3-numpy"), allowNamespaces());
    if (tried.fitness() == Fitness.MISSING) {
      return tried;
    }
    return groupRefused
        .get()
        .map(
            reason ->
                new SandboxLook(
                    NAME,
                    Fitness.WEAK,
                    ("%s; FORK BOMBS, AND MEMORY BOMBS OF MANY PROCESSES, ARE NOT CONTAINED, because"
                            + " no control group can be made: %s")
                        .formatted(tried.found(), reason),
                    Optional.of(allowGroups(reason))))
        .orElse(tried);
  }

  private SandboxLook missing(String found, String packages) {
    return SandboxLook.missing(NAME, found, machine.installing(packages));
  }

  /** The smallest thing that needs all namespaces, as the user whom slots run as. */
  private String[] inNamespaces() {
    List<String> words = new ArrayList<>();
    if (machine.asRoot()) {
      words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    words.add(machine.find("bwrap").map(Path::toString).orElse("bwrap"));
    words.addAll(List.of("--unshare-all", "--ro-bind", "/", "/", "/bin/true"));
    return words.toArray(String[]::new);
  }

  private String allowNamespaces() {
    if (machine.setting("proc/sys/kernel/unprivileged_userns_clone").equals(Optional.of("0"))) {
      return machine.elevated("sysctl -w kernel.unprivileged_userns_clone=1");
    }
    if (machine
        .setting("proc/sys/kernel/apparmor_restrict_unprivileged_userns")
        .equals(Optional.of("1"))) {
      return machine.elevated("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    }
    if (machine.setting("proc/sys/user/max_user_namespaces").equals(Optional.of("0"))) {
      return machine.elevated("sysctl -w user.max_user_namespaces=10000");
    }
    // A container's engine or a kernel that has none: the other sandbox needs none of ours.
    return machine.installing("docker.io") + " && evaluate/image/build-image";
  }

  private String allowGroups(String reason) {
    if (!machine.asRoot()) {
      return "sudo ./seedwright doctor";
    }
    if (!machine.has(GROUPS + "/memory") && !machine.has(GROUPS + "/cgroup.controllers")) {
      return "mount -t cgroup2 none /sys/fs/cgroup";
    }
    if (reason.contains("Read-only")) {
      return machine.has(GROUPS + "/memory")
          ? "mount -o remount,rw /sys/fs/cgroup/memory && mount -o remount,rw /sys/fs/cgroup/pids"
          : "mount -o remount,rw /sys/fs/cgroup";
    }
    return machine.has(GROUPS + "/memory")
        ? "mount -t cgroup -o pids none /sys/fs/cgroup/pids"
        : MOVE_AWAY;
  }
}
