package org.seedwright.evaluate.sandbox;

import java.util.function.Supplier;

/** Looks for a Docker engine and the image, and starts a container. */
final class DockerLook {
  private static final String NAME = "docker";

  /** Starts a daemon that needs neither a bridge nor a firewall: slots have no network. */
  private static final String START =
      "dockerd --bridge=none --iptables=false --ip6tables=false --ip-forward=false"
          + " >/var/log/dockerd.log 2>&1 &";

  private static final String BUILD = "evaluate/image/build-image";

  private final Machine machine;
  private final Supplier<Sandbox> opening;

  DockerLook(Machine machine, Supplier<Sandbox> opening) {
    this.machine = machine;
    this.opening = opening;
  }

  SandboxLook look() throws InterruptedException {
    if (machine.find(NAME).isEmpty()) {
      // The sandbox itself does without the command, which builds the image.
      return SandboxLook.missing(
          NAME, "there is no command docker", machine.installing("docker.io"));
    }
    Machine.Said version = machine.say(NAME, "version", "--format", "{{.Server.Version}}");
    if (!version.well()) {
      return noEngine(version);
    }
    Machine.Said image = machine.say(NAME, "image", "inspect", "--format", "{{.Id}}", Docker.IMAGE);
    if (!image.well()) {
      return SandboxLook.missing(
          NAME, "engine %s has no image %s".formatted(version.line(), Docker.IMAGE), BUILD);
    }
    SandboxLook tried = SlotTrial.of(opening, NAME, BUILD, BUILD);
    return new SandboxLook(
        NAME,
        tried.fitness(),
        "%s; engine %s".formatted(tried.found(), version.line()),
        tried.remedy());
  }

  private SandboxLook noEngine(Machine.Said version) {
    if (version.line().contains("permission denied")) {
      return SandboxLook.missing(
          NAME,
          "this user may not ask the Docker engine",
          "sudo usermod -aG docker \"$USER\" && newgrp docker");
    }
    if (machine.environment().containsKey("DOCKER_HOST")) {
      return SandboxLook.missing(
          NAME,
          "no Docker engine answers at DOCKER_HOST=%s"
              .formatted(machine.environment().get("DOCKER_HOST")),
          "unset DOCKER_HOST");
    }
    return SandboxLook.missing(
        NAME,
        "no Docker engine answers",
        machine.find("dockerd").isPresent()
            ? machine.elevated(START)
            : machine.installing("docker.io"));
  }
}
