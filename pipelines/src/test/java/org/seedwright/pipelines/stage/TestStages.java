package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.List;
import org.seedwright.decontaminate.benchmark.BenchmarkText;
import org.seedwright.pipelines.table.PartWriter;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;

/** Stages that do what no stage may do, for tests of those who run them. */
public final class TestStages {
  private TestStages() {}

  private record Nothing(String name) {}

  /**
   * A stage without inputs that writes so many rows and tells of so many units.
   *
   * @param rows written to the main table, and to the rejections
   * @param attempted what the stage says came in
   * @param failure thrown once all is written; empty throws nothing
   */
  public record Odd(String name, int rows, int attempted, String failure) implements Stage {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public Record configuration() {
      return new Nothing(name);
    }

    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public long compute(StageWork work) throws IOException {
      Table<NotSelected> table = Table.of(NotSelected.class);
      TableFolder main = work.output("");
      Table<Rejection> rejections = Table.of(Rejection.class);
      TableFolder rejected = work.output(Rejection.TABLE);
      for (int shard : work.shards().numbers()) {
        try (var part = new PartWriter<>(table, main, shard, "odd")) {
          for (int i = 0; i < rows; i++) {
            String id = "row-%03d".formatted(i);
            if (work.shards().of(id) == shard) {
              part.write(new NotSelected(id, "", ""));
            }
          }
          part.complete();
        }
        try (var part = new PartWriter<>(rejections, rejected, shard, "odd")) {
          for (int i = 0; i < rows; i++) {
            String id = "row-%03d".formatted(i);
            if (work.shards().of(id) == shard) {
              part.write(
                  Rejection.ofSample(
                      TestSamples.sample(id, 0, "Sort.", "sorted"), "odd", "for a test"));
            }
          }
          part.complete();
        }
      }
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
      return attempted;
    }
  }

  /** The texts of a benchmark of one problem. */
  public static List<BenchmarkText> texts(String text) {
    return List.of(new BenchmarkText("mine", "mine/1", "description", text));
  }
}
