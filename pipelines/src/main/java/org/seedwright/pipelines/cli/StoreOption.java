package org.seedwright.pipelines.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the response store is, if not in the workspace. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "FILE|URL",
      description =
          "The response store: an SQLite file, or postgresql://[user@]host[:port]/database (password"
              + " from PGPASSWORD or ~/.pgpass). Default: responses/responses.sqlite of the"
              + " workspace.")
  private String store;

  /** Returns what the command line says, for a command that repeats it. */
  Optional<String> given() {
    return Optional.ofNullable(store);
  }

  /** Returns the store that this command uses. */
  StorePlace of(WorkspaceFiles files) {
    return store == null ? StorePlace.file(files.store()) : StorePlace.parse(store);
  }
}
