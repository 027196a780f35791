package org.seedwright.pipelines.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.score.EvalResults;

/** Verdicts as the file that EvalPlus writes. */
public final class EvalPlusFile {
  private EvalPlusFile() {}

  /**
   * Writes the file, whole or not at all.
   *
   * @param hash EvalPlus's digest of the data set
   * @param date when they were run, for readers
   * @param answers those that are to be in it
   * @param verdicts theirs, and maybe others
   */
  public static void write(
      Path file,
      TaskSet set,
      String hash,
      LocalDateTime date,
      boolean everyTest,
      List<AnswerProgram> answers,
      List<VerdictRow> verdicts)
      throws IOException {
    Map<String, VerdictRow> byId = new HashMap<>();
    verdicts.forEach(row -> byId.put(row.id(), row));
    var entries = new ArrayList<EvalResults.Entry>();
    for (AnswerProgram answer : answers) {
      entries.add(
          new EvalResults.Entry(
              answer.taskId(),
              answer.ordinal(),
              answer.program(),
              byId.get(answer.id()).outcome()));
    }
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path hidden = absolute.resolveSibling("." + absolute.getFileName());
    try (OutputStream out = Files.newOutputStream(hidden)) {
      EvalResults.write(out, set, hash, date, everyTest, entries);
    }
    Files.move(hidden, absolute, StandardCopyOption.ATOMIC_MOVE);
  }
}
