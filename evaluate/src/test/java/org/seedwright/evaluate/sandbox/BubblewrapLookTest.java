package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.sandbox.SandboxLook.Fitness;

class BubblewrapLookTest {
  private static final Supplier<Optional<String>> GROUPED = Optional::empty;
  private static final String BARRED =
      "echo 'bwrap: No permissions to create new namespace' >&2; exit 1";

  private FakeMachine machine;

  @BeforeEach
  void empty(@TempDir Path folder) throws Exception {
    machine =
        new FakeMachine(folder)
            .command("bwrap", "[ $1 = --unshare-all ] && echo fine")
            .command("setpriv", "[ $1 = --reuid=65534 ] && shift 3 && exec \"$@\"")
            .file("usr/bin/python3", "");
  }

  private static SandboxLook look(Machine machine, Supplier<Optional<String>> groupRefused)
      throws Exception {
    String name = groupRefused.get().isEmpty() ? "bubblewrap" : "bubblewrap-no-cgroup";
    return new BubblewrapLook(machine, () -> FakeMachine.answering(name, "1.24.2"), groupRefused)
        .look();
  }

  private static SandboxLook refusedFor(Machine machine, String reason) throws Exception {
    return look(machine, () -> Optional.of(reason));
  }

  @Test
  void withoutTheCommandOrPythonTheyAreInstalled(@TempDir Path other) throws Exception {
    FakeMachine bare = new FakeMachine(other);

    assertThat(look(bare.ofRoot(), GROUPED).remedy())
        .contains("apt-get update && apt-get install -y bubblewrap python3 python3-numpy");
    bare.command("bwrap", "");
    assertThat(look(bare.ofRoot(), GROUPED).found()).isEqualTo("there is no /usr/bin/python3");
  }

  @Test
  void allThatIsNeededIsReadyForRootAndForAnyUser() throws Exception {
    for (Machine user : new Machine[] {machine.ofRoot(), machine.ofUser()}) {
      SandboxLook look = look(user, GROUPED);

      assertThat(look.fitness()).as(look.found()).isEqualTo(Fitness.READY);
      assertThat(look.found()).startsWith("bubblewrap: a slot started in ");
      assertThat(look.remedy()).isEmpty();
    }
  }

  @Test
  void namespacesThatTheKernelRefusesAreAllowedByItsSetting() throws Exception {
    machine.command("bwrap", BARRED);
    assertThat(look(machine.ofUser(), GROUPED).remedy().orElseThrow())
        .endsWith("&& evaluate/image/build-image");

    machine.file("proc/sys/user/max_user_namespaces", "0\n");
    assertThat(look(machine.ofUser(), GROUPED).remedy())
        .contains("sudo sysctl -w user.max_user_namespaces=10000");

    machine.file("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
    assertThat(look(machine.ofUser(), GROUPED).remedy())
        .contains("sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");

    machine.file("proc/sys/kernel/unprivileged_userns_clone", "0\n");
    SandboxLook look = look(machine.ofUser(), GROUPED);
    assertThat(look.fitness()).isEqualTo(Fitness.MISSING);
    assertThat(look.found()).contains("No permissions to create new namespace");
    assertThat(look.remedy()).contains("sudo sysctl -w kernel.unprivileged_userns_clone=1");
  }

  @Test
  void withoutAControlGroupItSaysWhatIsNotContainedAndHowResultsNameIt() throws Exception {
    SandboxLook look = refusedFor(machine.ofUser(), "no right to write /sys/fs/cgroup/x");

    assertThat(look.fitness()).isEqualTo(Fitness.WEAK);
    assertThat(look.sandbox()).isEqualTo("bubblewrap");
    assertThat(look.found())
        .startsWith("bubblewrap-no-cgroup: a slot started in ")
        .contains("FORK BOMBS, AND MEMORY BOMBS OF MANY PROCESSES, ARE NOT CONTAINED")
        .endsWith("no right to write /sys/fs/cgroup/x");
    assertThat(look.remedy()).contains("sudo ./seedwright doctor");
  }

  @Test
  void rootIsToldHowToMakeTheControlGroupsWritable() throws Exception {
    assertThat(refusedFor(machine.ofRoot(), "there is no /sys/fs/cgroup").remedy())
        .contains("mount -t cgroup2 none /sys/fs/cgroup");

    machine.file("sys/fs/cgroup/cgroup.controllers", "");
    assertThat(refusedFor(machine.ofRoot(), "x: Read-only file system").remedy())
        .contains("mount -o remount,rw /sys/fs/cgroup");
    assertThat(refusedFor(machine.ofRoot(), "x: Device or resource busy").remedy().orElseThrow())
        .startsWith("mkdir -p /sys/fs/cgroup/rest && xargs ");

    machine.file("sys/fs/cgroup/memory/tasks", "");
    assertThat(refusedFor(machine.ofRoot(), "x: Read-only file system").remedy().orElseThrow())
        .startsWith("mount -o remount,rw /sys/fs/cgroup/memory ");
  }

  @Test
  void aSlotWithoutNumpyIsWeak() throws Exception {
    SandboxLook look =
        new BubblewrapLook(
                machine.ofRoot(), () -> FakeMachine.answering("bubblewrap", "none"), GROUPED)
            .look();

    assertThat(look.fitness()).isEqualTo(Fitness.WEAK);
    assertThat(look.found()).contains("without numpy");
    assertThat(look.remedy()).contains("apt-get update && apt-get install -y python3-numpy");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "seedwright.test.sandbox",
      matches = "true",
      disabledReason = "run with -Psandbox")
  void theRealOneStartsASlot() throws Exception {
    SandboxSettings settings = SandboxSettings.standard();

    SandboxLook look =
        new BubblewrapLook(
                Machine.here(), () -> Bubblewrap.of(settings), () -> ControlGroup.refusal(settings))
            .look();

    assertThat(look.fitness()).as(look.found()).isNotEqualTo(Fitness.MISSING);
    assertThat(look.found()).startsWith("bubblewrap");
  }
}
