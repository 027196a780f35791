package org.seedwright.evaluate.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A machine in a folder, whose commands are scripts. */
record FakeMachine(Path folder) {
  FakeMachine command(String name, String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  FakeMachine file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Machine as(boolean root, Map<String, String> environment) {
    return new Machine(folder, List.of(folder.resolve("bin")), environment, root);
  }

  Machine ofRoot() {
    return as(true, Map.of());
  }

  Machine ofUser() {
    return as(false, Map.of());
  }

  /** A sandbox whose slots say that they are ready, and nothing more. */
  static Sandbox answering(String name, String numpy) {
    return new Sandbox() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Link open() {
        return Links.saying(
            """
            {"ready":{"implementation":"CPython","python":"3.11.2","numpy":"%s","machine":"x","landlock":6}}
            """
                .formatted(numpy));
      }
    };
  }
}
