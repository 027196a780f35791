package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.evolve.Draw;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.pipelines.corpus.GivenInstruction;
import org.seedwright.pipelines.corpus.InstructionFile;
import org.seedwright.pipelines.corpus.InstructionReader;
import org.seedwright.pipelines.experiment.InstructionsConfig.Layout;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Table;

/**
 * Instructions that somebody else made, one file for each round. Round 0 takes the place of the
 * stage that makes instructions of seeds; a later round takes the place of the stage that answers
 * that round, has its name and its tables, and its rows name neither parent nor heuristic: their
 * lineage is unknown.
 *
 * <p>One worker reads a file from its beginning to its end.
 *
 * @param branch name of the chain
 * @param round 0 for what evolution starts from
 * @param runSeed the experiment's seed
 * @param layout how the file's rows are written
 * @param language said of every row
 * @param license SPDX id of the file, if it is told
 * @param count rows that are kept; all where it is empty
 * @param path where the file is; enters no row and no fingerprint
 */
public record ImportInstructions(
    String branch,
    int round,
    long runSeed,
    Layout layout,
    String language,
    Optional<String> license,
    Optional<Integer> count,
    Path path,
    InstructionFile file)
    implements Stage {
  private static final String TASK = "generation";
  private static final String SOURCE = "instructions";

  private record Configuration(
      String method,
      String branch,
      int round,
      String lineage,
      String layout,
      String language,
      Optional<String> license,
      Optional<Integer> count,
      Optional<Long> seed,
      String file,
      String sha256) {}

  private static final TupleTag<Sample> SAMPLES = new TupleTag<>() {};
  private static final TupleTag<ImportedInstruction> IMPORTED = new TupleTag<>() {};
  private static final TupleTag<Rejection> REJECTED = new TupleTag<>() {};
  private static final TupleTag<NotSelected> NOT_SELECTED = new TupleTag<>() {};
  private static final TupleTag<PoolEntry> POOL = new TupleTag<>() {};

  @Override
  public String name() {
    return round == 0 ? "instruct" : RespondRound.name(round);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    return new Configuration(
        "import",
        branch,
        round,
        lineage(round),
        layout.id(),
        language,
        license,
        count,
        // Without a count nothing is drawn.
        count.map(rows -> runSeed),
        file.name(),
        file.id());
  }

  private static String lineage(int round) {
    return round == 0 ? "root" : "unknown";
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public long compute(StageWork work) throws IOException {
    var read =
        new Read(
            path.toString(),
            file,
            layout,
            new Rows(branch, round, runSeed, language, license.orElse(""), count.orElse(0)));
    work.jobHere(
        name(),
        pipeline -> {
          var split =
              pipeline
                  .apply("File", Create.of(file.id()))
                  .apply(
                      "Read",
                      ParDo.of(read)
                          .withOutputTags(
                              SAMPLES,
                              TupleTagList.of(IMPORTED).and(REJECTED).and(NOT_SELECTED).and(POOL)));
          work.write("", Table.of(Sample.class), split.get(SAMPLES));
          work.write(
              ImportedInstruction.TABLE, Table.of(ImportedInstruction.class), split.get(IMPORTED));
          work.write(Rejection.TABLE, Table.of(Rejection.class), split.get(REJECTED));
          work.write(NotSelected.TABLE, Table.of(NotSelected.class), split.get(NOT_SELECTED));
          if (round > 0) {
            work.write(PoolEntry.TABLE, Table.of(PoolEntry.class), split.get(POOL));
          }
        });
    return work.written(ImportedInstruction.TABLE);
  }

  /**
   * Returns the id of a row: by the file's content and the place in it, so that a file may be
   * renamed and moved.
   *
   * @param branch name of the chain
   * @param sha256 of the file
   * @param ordinal place among the instructions of the file, from 0
   */
  public static String id(String branch, String sha256, int round, int ordinal) {
    return Identity.row(new Branch(branch).kind("instruction"), sha256, round, "", ordinal);
  }

  /** What a rejected row leaves behind. */
  private record RowTrace(String file, int firstLine, int lastLine, String instruction) {}

  /**
   * The pure part; nothing in it is optional in a way that Java cannot serialise.
   *
   * @param license empty where it is not told
   * @param count rows that are kept; 0 for all
   */
  private record Rows(
      String branch, int round, long runSeed, String language, String license, int count)
      implements Serializable {

    String id(InstructionFile file, GivenInstruction given) {
      return ImportInstructions.id(branch, file.id(), round, given.ordinal());
    }

    String rank(String id) {
      return Draw.of(runSeed, "instruction-selection", id).digest();
    }

    Optional<GivenInstruction.Refusal> refusal(GivenInstruction given) {
      return round > 0 && given.refusal().isEmpty() && given.response().isEmpty()
          ? Optional.of(
              new GivenInstruction.Refusal(
                  Reason.NO_RESPONSE, "a row of round %d has no response".formatted(round)))
          : given.refusal();
    }

    Sample sample(String id, InstructionFile file, GivenInstruction given) {
      return new Sample(
          id,
          id,
          Optional.empty(),
          branch,
          round,
          Optional.empty(),
          TASK,
          language,
          new Origin(
              SOURCE,
              file.name(),
              given.firstLine(),
              given.lastLine(),
              Optional.empty(),
              Optional.of(license).filter(spdx -> !spdx.isEmpty()),
              List.of()),
          given.instruction(),
          given.response(),
          List.of(),
          Mark.TEACHER,
          Optional.empty());
    }

    Rejection rejection(
        String id, InstructionFile file, GivenInstruction given, GivenInstruction.Refusal refusal) {
      return new Rejection(
          id,
          "row",
          Optional.empty(),
          Optional.of(id),
          round,
          Optional.empty(),
          refusal.reason().id(),
          refusal.evidence(),
          Optional.empty(),
          List.of(),
          Optional.of(
              CanonicalJson.text(
                  new RowTrace(
                      file.name(), given.firstLine(), given.lastLine(), given.instruction()))));
    }
  }

  private static final class Read extends DoFn<String, Sample> {
    private final String path;
    private final InstructionFile file;
    private final Layout layout;
    private final Rows rows;

    Read(String path, InstructionFile file, Layout layout, Rows rows) {
      this.path = path;
      this.file = file;
      this.layout = layout;
      this.rows = rows;
    }

    @ProcessElement
    public void read(MultiOutputReceiver out) {
      Optional<String> last = rows.count == 0 ? Optional.empty() : lastRank();
      InstructionReader.read(Path.of(path), file, layout, given -> sort(given, last, out));
    }

    /** The rank of the last row that is kept; nothing where all are. */
    private Optional<String> lastRank() {
      var kept = new TreeSet<String>();
      InstructionReader.read(
          Path.of(path),
          file,
          layout,
          given -> {
            if (rows.refusal(given).isEmpty()) {
              kept.add(rows.rank(rows.id(file, given)));
              if (kept.size() > rows.count) {
                kept.pollLast();
              }
            }
          });
      return kept.size() < rows.count ? Optional.empty() : Optional.of(kept.last());
    }

    private void sort(GivenInstruction given, Optional<String> last, DoFn.MultiOutputReceiver out) {
      String id = rows.id(file, given);
      out.get(IMPORTED)
          .output(
              new ImportedInstruction(
                  id,
                  file.name(),
                  given.firstLine(),
                  given.lastLine(),
                  rows.round,
                  lineage(rows.round)));
      Optional<GivenInstruction.Refusal> refusal = rows.refusal(given);
      if (refusal.isPresent()) {
        out.get(REJECTED).output(rows.rejection(id, file, given, refusal.get()));
        return;
      }
      if (last.isPresent() && rows.rank(id).compareTo(last.get()) > 0) {
        out.get(NOT_SELECTED)
            .output(new NotSelected(id, file.id(), "beyond count %d".formatted(rows.count)));
        return;
      }
      Sample sample = rows.sample(id, file, given);
      out.get(SAMPLES).output(sample);
      if (rows.round > 0) {
        out.get(POOL).output(new PoolEntry(id, sample, List.of()));
      }
    }
  }
}
