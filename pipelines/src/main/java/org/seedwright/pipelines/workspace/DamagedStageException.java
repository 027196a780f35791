package org.seedwright.pipelines.workspace;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A finished stage is not as it was written. Nothing was read from it, and it was left as it is;
 * the message names the files and says what to do.
 */
public final class DamagedStageException extends IOException {
  /** Files named in the message; the rest is counted. */
  private static final int NAMED = 5;

  DamagedStageException(String folder, List<FlawedFile> flaws) {
    super(
        "%s%s%nThe stage was damaged after it was written and is left as it is. Remove it (./seedwright workspace clean --damaged, or the folder %s by hand) and run again: it is computed anew, with the replies that the response store holds."
            .formatted(
                flaws.stream()
                    .limit(NAMED)
                    .map(FlawedFile::toString)
                    .collect(Collectors.joining(System.lineSeparator())),
                flaws.size() <= NAMED ? "" : "%nand %d more files".formatted(flaws.size() - NAMED),
                folder));
  }
}
