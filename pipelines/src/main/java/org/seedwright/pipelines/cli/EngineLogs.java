package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what libraries log to a file: the terminal is for the run. */
final class EngineLogs {
  private EngineLogs() {}

  /** Libraries log nowhere. */
  static void off() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /** Libraries log into a file, which is begun anew. */
  static void to(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    LogManager.getLogManager().reset();
    Handler handler = new FileHandler(file.toString().replace("%", "%%"), false);
    handler.setFormatter(new SimpleFormatter());
    handler.setEncoding("UTF-8");
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(handler);
  }
}
