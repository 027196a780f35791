package org.seedwright.pipelines.cli;

import java.nio.file.Path;

/** A process that evaluates what a test wrote into a folder. */
final class EvaluatingUntilKilled {
  private EvaluatingUntilKilled() {}

  static int evaluate(Path folder) {
    return Main.run(
        "evaluate",
        "--benchmark",
        folder.resolve("mine.jsonl").toString(),
        "--samples",
        folder.resolve("samples.jsonl").toString(),
        "--out",
        folder.resolve("out").toString(),
        "--sandbox",
        "none",
        "--workers",
        "2");
  }

  public static void main(String[] arguments) {
    System.exit(evaluate(Path.of(arguments[0])));
  }
}
