package org.seedwright.pipelines.stage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stage of a branch. The stage itself does not know that there are others beside it: it names its
 * inputs as if its branch were alone.
 *
 * @param branch whose stage it is
 * @param stage what is done
 * @param elsewhere stages of other branches that are read, by the name of this branch's own that
 *     they stand in for
 */
public record InBranch(Branch branch, Stage stage, Map<String, String> elsewhere) implements Stage {
  public InBranch {
    requireNonNull(branch, "branch is null");
    requireNonNull(stage, "stage is null");
    elsewhere = Map.copyOf(elsewhere);
  }

  /** Returns a stage as its branch names it. */
  public static Stage alone(Stage stage) {
    return stage instanceof InBranch inside ? inside.stage : stage;
  }

  /** Returns the name of a stage that this one reads under the name that it has in a branch. */
  public String named(String step) {
    return elsewhere.getOrDefault(step, branch.stage(step));
  }

  @Override
  public String name() {
    return branch.stage(stage.name());
  }

  @Override
  public int version() {
    return stage.version();
  }

  @Override
  public Record configuration() {
    return stage.configuration();
  }

  @Override
  public List<String> inputs() {
    return stage.inputs().stream().map(this::named).toList();
  }

  @Override
  public long compute(StageWork work) throws IOException, InterruptedException {
    var names = new LinkedHashMap<String, String>();
    stage.inputs().forEach(input -> names.put(input, named(input)));
    return stage.compute(work.named(names));
  }
}
