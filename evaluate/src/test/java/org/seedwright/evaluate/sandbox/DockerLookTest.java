package org.seedwright.evaluate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evaluate.sandbox.SandboxLook.Fitness;

class DockerLookTest {
  private static final Supplier<Sandbox> WORKS = () -> FakeMachine.answering("docker", "1.24.2");
  private static final Supplier<Sandbox> NEVER =
      () -> {
        throw new AssertionError("nothing is to be opened");
      };

  private FakeMachine machine;

  @BeforeEach
  void empty(@TempDir Path folder) {
    machine = new FakeMachine(folder);
  }

  private static SandboxLook look(Machine machine, Supplier<Sandbox> opening) throws Exception {
    return new DockerLook(machine, opening).look();
  }

  @Test
  void withoutTheCommandItIsInstalled() throws Exception {
    SandboxLook look = look(machine.ofUser(), NEVER);

    assertThat(look.fitness()).isEqualTo(Fitness.MISSING);
    assertThat(look.remedy())
        .contains("sudo sh -c 'apt-get update && apt-get install -y docker.io'");
  }

  @Test
  void anEngineThatDoesNotAnswerIsStarted() throws Exception {
    machine
        .command("docker", "echo 'Cannot connect to the Docker daemon' >&2; exit 1")
        .command("dockerd", "exit 1");

    SandboxLook look = look(machine.ofRoot(), NEVER);

    assertThat(look.fitness()).isEqualTo(Fitness.MISSING);
    assertThat(look.found()).isEqualTo("no Docker engine answers");
    assertThat(look.remedy().orElseThrow()).startsWith("dockerd --bridge=none ").endsWith(" &");
  }

  @Test
  void anEngineThatRefusesThisUserIsOpenedToIt() throws Exception {
    machine.command("docker", "echo 'permission denied while trying to connect' >&2; exit 1");

    assertThat(look(machine.ofUser(), NEVER).remedy().orElseThrow())
        .startsWith("sudo usermod -aG docker ");
  }

  @Test
  void anAddressWhereNobodyAnswersIsNamed() throws Exception {
    machine.command("docker", "[ \"$DOCKER_HOST\" = tcp://other:1 ] && exit 1");

    SandboxLook look = look(machine.as(true, Map.of("DOCKER_HOST", "tcp://other:1")), NEVER);

    assertThat(look.found()).contains("DOCKER_HOST=tcp://other:1");
    assertThat(look.remedy()).contains("unset DOCKER_HOST");
  }

  @Test
  void anEngineWithoutTheImageHasItBuilt() throws Exception {
    machine.command("docker", "[ $1 = version ] && echo 20.10.24");

    SandboxLook look = look(machine.ofRoot(), NEVER);

    assertThat(look.found()).isEqualTo("engine 20.10.24 has no image seedwright-python");
    assertThat(look.remedy()).contains("evaluate/image/build-image");
  }

  @Test
  void aSlotThatStartsIsAllThatIsNeeded() throws Exception {
    machine.command("docker", "echo 20.10.24");

    SandboxLook look = look(machine.ofRoot(), WORKS);

    assertThat(look.fitness()).isEqualTo(Fitness.READY);
    assertThat(look.found())
        .matches(
            "docker: a slot started in \\d+\\.\\d s with CPython 3\\.11\\.2 and numpy 1\\.24\\.2;"
                + " engine 20\\.10\\.24");
    assertThat(look.remedy()).isEqualTo(Optional.empty());
  }

  @Test
  void anImageWhoseSlotsDoNotStartIsBuiltAgain() throws Exception {
    machine.command("docker", "echo 20.10.24");
    Supplier<Sandbox> silent =
        () ->
            new Sandbox() {
              @Override
              public String name() {
                return "docker";
              }

              @Override
              public Link open() {
                return Links.saying("");
              }
            };

    SandboxLook look = look(machine.ofRoot(), silent);

    assertThat(look.fitness()).isEqualTo(Fitness.MISSING);
    assertThat(look.found()).contains("nothing more is said");
    assertThat(look.remedy()).contains("evaluate/image/build-image");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "seedwright.test.sandbox",
      matches = "true",
      disabledReason = "run with -Psandbox")
  void theRealEngineIsReady() throws Exception {
    SandboxSettings settings = SandboxSettings.standard();

    SandboxLook look = look(Machine.here(), () -> Docker.of(settings, Docker.IMAGE));

    assertThat(look.fitness()).as(look.found()).isEqualTo(Fitness.READY);
    assertThat(look.found()).startsWith("docker: a slot started in ");
  }
}
