package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.PostgresAddress;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.StoreLook;

/**
 * Where a response store is: of an SQLite file its path, of a PostgreSQL database its address.
 *
 * @param shown for messages
 */
record StorePlace(Optional<Path> file, Optional<PostgresAddress> server, String shown) {

  static StorePlace file(Path file) {
    return new StorePlace(Optional.of(file), Optional.empty(), file.toString());
  }

  /** Reads a place by its form. */
  static StorePlace parse(String text) {
    if (!PostgresAddress.is(text)) {
      return file(Path.of(text));
    }
    try {
      PostgresAddress address = PostgresAddress.parse(text);
      return new StorePlace(Optional.empty(), Optional.of(address), address.toString());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--store: " + e.getMessage());
    }
  }

  /**
   * Opens the store, which is made if it is not there.
   *
   * @param run whose account it is
   */
  ResponseStore open(String run, Budget budget) {
    return server.isPresent()
        ? Stores.open(server.get(), run, budget)
        : Stores.open(file.orElseThrow(), run, budget);
  }

  /** Opens the store without a budget. */
  ResponseStore open(String run) {
    return open(run, Budget.NONE);
  }

  /** Looks at the store, which need not be there, changing nothing. */
  StoreLook look() throws IOException {
    return server.isPresent() ? StoreLook.at(server.get()) : StoreLook.at(file.orElseThrow());
  }

  /**
   * Tells whether there is a store. A database that cannot be reached counts: to open it says why.
   */
  boolean exists() throws IOException {
    return server.isPresent()
        ? look().exists() || look().problem().isPresent()
        : Files.exists(file.orElseThrow());
  }
}
