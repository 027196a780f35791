package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Role;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** Requests that differ in a number only, as a stage hands them to the answers. */
final class NumberedRequests {
  private NumberedRequests() {}

  /** Writes as many rows into their shards. */
  static void write(TableFolder folder, int rows) throws IOException {
    List<RequestRow> all =
        IntStream.range(0, rows)
            .mapToObj(NumberedRequests::row)
            .sorted(Comparator.comparing(RequestRow::id))
            .toList();
    for (int shard : folder.shards().numbers()) {
      try (var part = new PartWriter<>(Table.of(RequestRow.class), folder, shard, "test")) {
        for (RequestRow row : all) {
          if (folder.shards().of(row.id()) == shard) {
            part.write(row);
          }
        }
        part.complete();
      }
    }
  }

  private static RequestRow row(int n) {
    var request =
        TeacherRequest.of(
            "fake", List.of(new Message(Role.USER, "question " + n)), Decoding.greedy());
    return new RequestRow(
        "row-%03d".formatted(n),
        "test/" + n,
        "main",
        "p",
        "d",
        request.key(),
        request,
        100,
        Optional.of(0),
        Optional.empty());
  }
}
