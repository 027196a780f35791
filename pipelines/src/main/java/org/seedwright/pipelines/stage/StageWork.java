package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.seedwright.pipelines.engine.Engine;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.table.WriteTable;
import org.seedwright.pipelines.workspace.StageAttempt;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.TeacherUse;

/** What a stage computes with: its inputs, its outputs, an engine and someone who answers. */
public final class StageWork {
  /** Answers requests from the store or by asking, shard by shard. */
  public interface Answers {
    /**
     * Writes a reply for every request.
     *
     * @param read tells as replies come which of them the step's parser rejects
     * @throws StageStoppedException if some stayed unanswered
     * @throws TooManyRejectsException if more than half of the first replies are rejected
     */
    TeacherUse answer(
        String job,
        String role,
        Engine engine,
        TableFolder requests,
        TableFolder replies,
        ReadReplies read)
        throws IOException, InterruptedException;
  }

  /** A finished stage that is read. */
  public record Input(String folder, StageManifest manifest) {}

  private final String stage;
  private final Engine engine;
  private final StageAttempt attempt;
  private final Shards shards;
  private final Map<String, Input> inputs;
  private final Answers answers;
  private final AtomicReference<TeacherUse> use;

  public StageWork(
      String stage,
      Engine engine,
      StageAttempt attempt,
      Shards shards,
      Map<String, Input> inputs,
      Answers answers) {
    this(stage, engine, attempt, shards, inputs, answers, new AtomicReference<>(TeacherUse.NONE));
  }

  private StageWork(
      String stage,
      Engine engine,
      StageAttempt attempt,
      Shards shards,
      Map<String, Input> inputs,
      Answers answers,
      AtomicReference<TeacherUse> use) {
    this.stage = stage;
    this.engine = engine;
    this.attempt = attempt;
    this.shards = shards;
    this.inputs = Map.copyOf(inputs);
    this.answers = answers;
    this.use = use;
  }

  /**
   * Returns the same work for a stage that knows its inputs by names of its own.
   *
   * @param names of the inputs, by what the stage calls them
   */
  StageWork named(Map<String, String> names) {
    var named = new LinkedHashMap<String, Input>();
    names.forEach((own, name) -> named.put(own, inputs.get(name)));
    return new StageWork(stage, engine, attempt, shards, named, answers, use);
  }

  /** Returns the name of the stage at work. */
  String stage() {
    return stage;
  }

  /** Returns how the tables of this stage are cut. */
  public Shards shards() {
    return shards;
  }

  /** Returns a table of an input stage; the empty name is its main table. */
  public TableFolder input(String name, String table) {
    Input input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException(
          "%s does not name %s among its inputs".formatted(stage, name));
    }
    return new TableFolder(
        input.folder(), table.isEmpty() ? "" : table + "/", new Shards(input.manifest().shards()));
  }

  /** Returns how many rows a table of an input stage has. */
  public long rows(String name, String table) {
    String prefix = table.isEmpty() ? "" : table + "/";
    return inputs.get(name).manifest().files().stream()
        .filter(
            entry -> entry.file().startsWith(prefix + "part-") && entry.file().endsWith(".parquet"))
        .mapToLong(StageManifest.FileEntry::rows)
        .sum();
  }

  /**
   * Refuses to go on where an input stage let nothing through.
   *
   * @throws EmptyInputException saying what became of its units
   */
  void needRows(String name) {
    StageManifest manifest = inputs.get(name).manifest();
    var units = manifest.units();
    if (units.out() == 0) {
      throw new EmptyInputException(
          "%s has nothing to read: of %d units %s let none through (rejected %s, not selected %d)"
              .formatted(
                  stage,
                  units.attempted(),
                  manifest.stage(),
                  units.rejected(),
                  units.notSelected()));
    }
  }

  /** Returns a table of this stage; the empty name is its main table. */
  public TableFolder output(String table) {
    return attempt.table(table);
  }

  /**
   * Returns a table for jobs of this stage to read; it is no part of the stage and goes with it.
   */
  public TableFolder scratch(String table) {
    return new TableFolder(attempt.exportPath("scratch"), table + "/", shards);
  }

  /** Whether jobs run in other processes than this one. */
  public boolean isElsewhere() {
    return engine.isElsewhere();
  }

  /** Writes rows as a table of this stage; the empty name is the main table. */
  public <T extends Record> void write(String name, Table<T> table, PCollection<T> rows) {
    rows.setCoder(table.coder())
        .apply("Write" + (name.isEmpty() ? "" : "-" + name), WriteTable.to(table, output(name)));
  }

  /** Returns how many rows were written to a table of this stage. */
  long written(String name) throws IOException {
    return attempt.summaries(name).stream().mapToLong(part -> part.hash().rows()).sum();
  }

  /** Returns the attempt, for exports beside the tables. */
  StageAttempt attempt() {
    return attempt;
  }

  /** Runs one Beam job to its end. */
  public void job(String name, Consumer<Pipeline> build) {
    run(engine, name, build);
  }

  /** Runs one Beam job to its end, where the files of this machine are. */
  void jobHere(String name, Consumer<Pipeline> build) {
    run(engine.here(), name, build);
  }

  private static void run(Engine engine, String name, Consumer<Pipeline> build) {
    Pipeline pipeline = Pipeline.create(engine.options(name));
    build.accept(pipeline);
    engine.run(pipeline);
  }

  /** Has every request answered. */
  void answer(String job, String role, TableFolder requests, TableFolder replies, ReadReplies read)
      throws IOException, InterruptedException {
    TeacherUse more = answers.answer(job, role, engine, requests, replies, read);
    use.updateAndGet(before -> before.plus(more));
  }

  /** Returns what was asked so far. */
  public TeacherUse use() {
    return use.get();
  }
}
