package org.seedwright.evaluate.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seedwright.evaluate.rows.InputFileException;
import org.seedwright.evaluate.rows.JsonRow;
import org.seedwright.evaluate.rows.JsonRows;

/** Finds the generations in a file or folder, in an order that does not depend on the machine. */
final class SampleFiles {
  /** {@code 2.py} before {@code 10.py}. */
  private static final Comparator<Path> BY_NUMBER =
      Comparator.<Path>comparingInt(file -> name(file).matches("\\d{1,9}\\.py") ? 0 : 1)
          .thenComparingInt(
              file ->
                  name(file).matches("\\d{1,9}\\.py")
                      ? Integer.parseInt(name(file).replace(".py", ""))
                      : 0)
          .thenComparing(SampleFiles::name);

  /** As long as a text in a row may be. */
  private static final int PROGRAM_BYTES = 20_000_000;

  private SampleFiles() {}

  static List<Found> read(Path path, Optional<String> replyKey) {
    List<Found> found = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      rows(path, replyKey, found);
    } else {
      List<Path> entries = entries(path);
      List<Path> files =
          entries.stream().filter(JsonRows::reads).filter(Files::isRegularFile).toList();
      List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
      if (!files.isEmpty() && !folders.isEmpty()) {
        throw InputFileException.inFile(
                path,
                "holds both files of samples (%s) and folders (%s); must be one or the other"
                    .formatted(name(files.get(0)), name(folders.get(0))))
            .because(name(folders.get(0)), "files of samples, or a folder for each task");
      }
      files.forEach(file -> rows(file, replyKey, found));
      folders.forEach(folder -> solutions(folder, found));
    }
    if (found.isEmpty()) {
      throw InputFileException.inFile(path, "holds no samples")
          .because(
              "",
              "rows in a .jsonl, .jsonl.gz, .json or .json.gz file, a folder of such files, or a"
                  + " folder for each task");
    }
    return found;
  }

  private static void rows(Path file, Optional<String> replyKey, List<Found> found) {
    JsonRows.read(file, row -> row(row, replyKey, found));
  }

  private static void row(JsonRow row, Optional<String> replyKey, List<Found> found) {
    String task = taskId(row);
    Generation.Place place = new Generation.Place(row.file(), row.line());
    if (replyKey.isPresent()) {
      found.add(new Found(task, Generation.Form.REPLY, row.text(replyKey.get()), place));
    } else if (row.has("solution")) {
      found.add(new Found(task, Generation.Form.SOLUTION, row.text("solution"), place));
    } else if (row.has("completion")) {
      found.add(new Found(task, Generation.Form.COMPLETION, row.text("completion"), place));
    } else if (row.has("samples")) {
      for (String completion : row.texts("samples")) {
        found.add(new Found(task, Generation.Form.COMPLETION, completion, place));
      }
    } else {
      throw InputFileException.inLine(
              row.file(),
              row.line(),
              "task %s has none of the keys 'solution', 'completion' and 'samples'".formatted(task))
          .because(row.object().toString(), "a key 'solution', 'completion' or 'samples'");
    }
  }

  private static String taskId(JsonRow row) {
    return row.isNumber("task_id") ? Integer.toString(row.number("task_id")) : row.text("task_id");
  }

  private static void solutions(Path folder, List<Found> found) {
    List<Path> files =
        entries(folder).stream()
            .filter(file -> name(file).endsWith(".py") && Files.isRegularFile(file))
            .sorted(BY_NUMBER)
            .toList();
    if (files.isEmpty()) {
      throw InputFileException.inFile(folder, "holds no file that ends in .py")
          .because("", "0.py, 1.py, …");
    }
    for (Path file : files) {
      found.add(
          new Found(
              name(folder), Generation.Form.SOLUTION, text(file), new Generation.Place(file, 0)));
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > PROGRAM_BYTES) {
        throw InputFileException.inFile(file, "is longer than 20 MB").because("", "20 MB or less");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw InputFileException.inFile(file, "is not UTF-8").because("", "text in UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  /** What is in a folder, hidden files left out, by name. */
  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !name(entry).startsWith("."))
          .sorted(Comparator.comparing(SampleFiles::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s".formatted(folder), e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
