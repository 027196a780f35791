package org.seedwright.pipelines.stage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.instruct.InstructionGates;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.instruct.SelfInstruct;
import org.seedwright.evolve.instruct.SimilarityGate;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * Self-Instruct (arXiv 2212.10560): the teacher goes on with a list of tasks, and gates by length,
 * words and ROUGE-L choose among what it wrote. The unit is a task that was asked for, whether the
 * reply has it or not; what a reply has beyond that is left in it.
 *
 * <p>The ROUGE-L gate compares with the seed tasks and with all that were let through before, in
 * the order of the ids. One worker does it, and holds the words of what it let through: about a
 * kilobyte each, so a hundred megabytes for 100,000 instructions, which it compares pair by pair.
 *
 * @param branch name of the chain
 * @param wanted tasks that each request asks for
 * @param gates that look at one instruction alone
 * @param maxRougeL the highest ROUGE-L that is let through
 * @param language written into the rows
 * @param license SPDX id of the seed tasks, written into the rows
 * @param file name of the file of the seed tasks, without folders
 * @param tasks the instructions of the seed tasks
 * @param teacher who is asked
 */
public record InstructTasks(
    String branch,
    int wanted,
    InstructionGates gates,
    double maxRougeL,
    String language,
    Optional<String> license,
    String file,
    List<String> tasks,
    RoleTeacher teacher)
    implements Stage {
  private static final String TASK = "generation";

  /** What the rows name as their source. */
  private static final String SOURCE = "tasks";

  private record Configuration(
      String method,
      String branch,
      String prompt,
      String promptDigest,
      RoleTeacher teacher,
      int wanted,
      int minWords,
      int maxWords,
      List<String> blockedWords,
      double maxRougeL,
      String language,
      Optional<String> license,
      String file,
      String tasksDigest) {}

  public InstructTasks {
    requireNonNull(gates, "gates is null");
    tasks = List.copyOf(tasks);
  }

  @Override
  public String name() {
    return "instruct";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    Prompt probe = new SelfInstruct().render(List.of("task"), wanted);
    return new Configuration(
        "self-instruct",
        branch,
        probe.id(),
        Prompts.digest(probe),
        teacher,
        wanted,
        gates.minWords(),
        gates.maxWords(),
        gates.blockedWords(),
        maxRougeL,
        language,
        license,
        file,
        CanonicalJson.digest(tasks));
  }

  @Override
  public List<String> inputs() {
    return List.of(DrawExamples.NAME);
  }

  @Override
  public long compute(StageWork work) throws IOException, InterruptedException {
    var asking =
        new Asking<>(
            work,
            "",
            Table.of(ExampleSet.class),
            work.input(DrawExamples.NAME, ""),
            set -> new Asking.Origin(set.id(), 0, Optional.empty()));
    var rule = new Rule(branch, wanted, gates, language, file, license.orElse(""));
    asking.ask(teacher, rule::render, rule::read);
    Table<Sample> samples = Table.of(Sample.class);
    Table<Rejection> rejections = Table.of(Rejection.class);
    Table<Gated> gated = Table.of(Gated.class);
    var accepted = work.output("");
    var rejected = work.output(Rejection.TABLE);
    double threshold = maxRougeL;
    var seeds = new ArrayList<>(tasks);
    work.job(
        name() + "-parse",
        pipeline -> {
          Asking.Split<Sample> parsed = asking.parse(pipeline, samples, rule::parse);
          PCollection<Gated> fates =
              parsed
                  .accepted()
                  .apply(
                      "RougeL",
                      SortShards.of(
                          samples,
                          new Shards(1),
                          Sample::id,
                          Sample::id,
                          (int shard, Iterator<Sample> sorted, DoFn.OutputReceiver<Gated> out) ->
                              compare(threshold, seeds, sorted, out)))
                  .setCoder(gated.coder());
          fates
              .apply("Kept", ParDo.of(new Kept()))
              .setCoder(samples.coder())
              .apply("WriteAccepted", WriteTable.to(samples, accepted));
          PCollectionList.of(parsed.rejected())
              .and(fates.apply("TooSimilar", ParDo.of(new Left())).setCoder(rejections.coder()))
              .apply("AllRejected", Flatten.pCollections())
              .apply("WriteRejected", WriteTable.to(rejections, rejected));
        });
    return work.rows(DrawExamples.NAME, "") * wanted;
  }

  /** An instruction after the last gate: one of the two is there. */
  record Gated(String id, Optional<Sample> sample, Optional<Rejection> rejection) {}

  private static void compare(
      double threshold,
      List<String> tasks,
      Iterator<Sample> sorted,
      DoFn.OutputReceiver<Gated> out) {
    var gate = new SimilarityGate(threshold);
    for (int i = 0; i < tasks.size(); i++) {
      gate.add("seed task %d".formatted(i + 1), tasks.get(i));
    }
    while (sorted.hasNext()) {
      Sample sample = sorted.next();
      Optional<Parsed.Rejected<String>> similar = gate.check(sample.id(), sample.instruction());
      out.output(
          similar.isEmpty()
              ? new Gated(sample.id(), Optional.of(sample), Optional.empty())
              : new Gated(
                  sample.id(),
                  Optional.empty(),
                  Optional.of(
                      Rejection.ofSample(
                          sample, similar.get().reason().id(), similar.get().evidence()))));
    }
  }

  private static final class Kept extends DoFn<Gated, Sample> {
    @ProcessElement
    public void keep(@Element Gated gated, OutputReceiver<Sample> out) {
      gated.sample().ifPresent(out::output);
    }
  }

  private static final class Left extends DoFn<Gated, Rejection> {
    @ProcessElement
    public void leave(@Element Gated gated, OutputReceiver<Rejection> out) {
      gated.rejection().ifPresent(out::output);
    }
  }

  /**
   * The pure part.
   *
   * @param license empty where none is known: an Optional cannot be serialised
   */
  private record Rule(
      String branch,
      int wanted,
      InstructionGates gates,
      String language,
      String file,
      String license)
      implements Serializable {
    Optional<Prompt> render(ExampleSet set) {
      return Optional.of(new SelfInstruct().render(set.examples(), wanted));
    }

    Parsed<List<String>> read(ExampleSet set, TeacherReply reply) {
      return new SelfInstruct().parse(set.examples().size(), reply);
    }

    void parse(ExampleSet set, Optional<ReplyRow> answer, Asking.Fate<Sample> fate) {
      ReplyRow reply = answer.orElseThrow();
      Parsed<List<String>> parsed = read(set, reply.teacherReply());
      for (int place = 0; place < wanted; place++) {
        String id =
            Identity.row(
                new Branch(branch).kind("sample"), set.id(), 0, reply.call().promptId(), place);
        if (parsed instanceof Parsed.Rejected<List<String>> rejected) {
          fate.reject(rejection(set, id, rejected.reason(), rejected.evidence()).with(reply));
          continue;
        }
        List<String> written = ((Parsed.Accepted<List<String>>) parsed).value();
        String instruction = place < written.size() ? written.get(place) : "";
        if (instruction.isEmpty()) {
          fate.reject(
              rejection(
                      set,
                      id,
                      Reason.NOT_IN_REPLY,
                      "of %d tasks the reply has %d, and none in place %d"
                          .formatted(wanted, written.size(), place + 1))
                  .with(reply));
          continue;
        }
        Sample sample = sample(set, id, instruction, reply);
        Optional<Parsed.Rejected<String>> gate = gates.check(instruction);
        if (gate.isPresent()) {
          fate.reject(Rejection.ofSample(sample, gate.get().reason().id(), gate.get().evidence()));
        } else {
          fate.accept(sample);
        }
      }
    }

    private static Rejection rejection(ExampleSet set, String id, Reason reason, String evidence) {
      return new Rejection(
          id,
          "request",
          Optional.of(set.id()),
          Optional.of(set.id()),
          0,
          Optional.empty(),
          reason.id(),
          evidence,
          Optional.empty(),
          List.of(),
          Optional.empty());
    }

    private Sample sample(ExampleSet set, String id, String instruction, ReplyRow reply) {
      return new Sample(
          id,
          set.id(),
          Optional.empty(),
          branch,
          0,
          Optional.empty(),
          TASK,
          language,
          new Origin(
              SOURCE,
              file,
              1,
              1,
              Optional.empty(),
              Optional.of(license).filter(known -> !known.isEmpty()),
              List.of()),
          instruction,
          Optional.empty(),
          List.of(reply.call()),
          Mark.TEACHER.and(reply.mark()),
          Optional.empty());
    }
  }
}
