package org.seedwright.pipelines.batch;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.teacher.Price;

/** Child process of a test: imports a file and says on stdout how many lines it has come to. */
final class ImportingUntilKilled {
  private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.TEN);

  private ImportingUntilKilled() {}

  /** Arguments: store, file of replies. */
  public static void main(String[] arguments) throws Exception {
    int[] lines = {0};
    try (var store =
            SqliteResponseStore.open(Path.of(arguments[0]), "run", InstantSource.system());
        var batch =
            new BatchImport(
                store,
                model -> {
                  System.out.println(++lines[0]);
                  System.out.flush();
                  return Optional.of(PRICE);
                },
                line -> {})) {
      batch.read(Path.of(arguments[1]));
    }
  }
}
