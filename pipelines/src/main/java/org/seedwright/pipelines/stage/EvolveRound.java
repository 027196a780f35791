package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.evol.EqualityJudge;
import org.seedwright.evolve.evol.EvolInstruct;
import org.seedwright.evolve.evol.Heuristic;
import org.seedwright.evolve.evol.HeuristicDraw;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * One round of Evol-Instruct (WizardLM, section 3; WizardCoder, section 3.1): a heuristic is drawn
 * for each instruction of the pool, the teacher evolves it, and, with a judge, a child that is
 * called equal to its parent goes.
 *
 * @param round from 1
 * @param runSeed the experiment's seed
 * @param heuristics what is drawn from
 * @param teacher who evolves
 * @param judge who compares, if anybody
 */
public record EvolveRound(
    int round,
    long runSeed,
    Heuristics heuristics,
    RoleTeacher teacher,
    Optional<RoleTeacher> judge)
    implements Stage {

  private record HeuristicConfiguration(String name, String textDigest) {}

  private record Configuration(
      int round,
      long seed,
      List<HeuristicConfiguration> heuristics,
      String prompt,
      String promptDigest,
      RoleTeacher teacher,
      Optional<String> judgePrompt,
      Optional<String> judgePromptDigest,
      Optional<RoleTeacher> judge) {}

  /** Children before they were judged. */
  private static final String PROPOSED = "proposed";

  /** Rejections before the rest was judged. */
  private static final String UNPARSED = "unparsed";

  /** Returns the name of a round's stage. */
  public static String name(int round) {
    return "evolve-" + round;
  }

  @Override
  public String name() {
    return name(round);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Record configuration() {
    Prompt probe = new EvolInstruct().render(heuristics.all().get(0), "instruction");
    Prompt judging = new EqualityJudge().render("parent", "child");
    return new Configuration(
        round,
        runSeed,
        heuristics.all().stream()
            .map(
                heuristic ->
                    new HeuristicConfiguration(
                        heuristic.name(), CanonicalJson.digest(wording(heuristic))))
            .toList(),
        probe.id(),
        Prompts.digest(probe),
        teacher,
        judge.map(asked -> judging.id()),
        judge.map(asked -> Prompts.digest(judging)),
        judge);
  }

  /** The prompt of exercises in code is an ingredient of its own; others stand with their texts. */
  private static String wording(Heuristic heuristic) {
    return heuristic.template() == Heuristic.Template.CODE
        ? heuristic.text()
        : Prompts.digest(new EvolInstruct().render(heuristic, "instruction"));
  }

  @Override
  public List<String> inputs() {
    return List.of(RespondRound.name(round - 1));
  }

  @Override
  public long compute(StageWork work) throws IOException, InterruptedException {
    String previous = RespondRound.name(round - 1);
    var pool = work.input(previous, PoolEntry.TABLE);
    var rule = new Rule(round, runSeed, heuristics);
    var asking = new Asking<>(work, "", Table.of(PoolEntry.class), pool, rule::origin);
    asking.ask(teacher, rule::render, rule::attempt, rule::read);
    if (judge.isEmpty()) {
      asking.parseTo(
          name() + "-parse",
          (entry, reply, fate) ->
              rule.parse(entry, reply.orElseThrow(), accepting(fate, child -> child)));
    } else {
      asking.parseTo(
          name() + "-parse",
          PROPOSED,
          Table.of(Pair.class),
          UNPARSED,
          (entry, reply, fate) ->
              rule.parse(
                  entry,
                  reply.orElseThrow(),
                  accepting(
                      fate, child -> new Pair(child.id(), entry.sample().instruction(), child))));
      judge(work, judge.get());
    }
    return work.rows(previous, PoolEntry.TABLE);
  }

  /**
   * A proposed child and what it was made from, for the judge to compare.
   *
   * @param id of the child
   * @param parent the parent's instruction
   * @param child as proposed
   */
  record Pair(String id, String parent, Sample child) {}

  private static <O> Asking.Fate<Sample> accepting(Asking.Fate<O> fate, Function<Sample, O> as) {
    return new Asking.Fate<>() {
      @Override
      public void accept(Sample child) {
        fate.accept(as.apply(child));
      }

      @Override
      public void reject(Rejection rejection) {
        fate.reject(rejection);
      }
    };
  }

  private void judge(StageWork work, RoleTeacher asked) throws IOException, InterruptedException {
    var asking =
        new Asking<>(
            work,
            "judge-",
            Table.of(Pair.class),
            work.output(PROPOSED),
            pair -> Asking.Origin.of(pair.child()));
    // That a child is equal is a judgement like any other; what cannot be decided is a reject.
    asking.ask(
        asked, EvolveRound::renderJudgement, (pair, reply) -> new EqualityJudge().parse(reply));
    var accepted = work.output("");
    var rejected = work.output(Rejection.TABLE);
    var unparsed = work.output(UNPARSED);
    Table<Rejection> rejections = Table.of(Rejection.class);
    work.job(
        name() + "-judge",
        pipeline -> {
          Asking.Split<Sample> judged =
              asking.parse(
                  pipeline,
                  Table.of(Sample.class),
                  (pair, reply, fate) -> parseJudgement(pair, reply.orElseThrow(), fate));
          judged.accepted().apply("WriteAccepted", WriteTable.to(Table.of(Sample.class), accepted));
          PCollectionList.of(judged.rejected())
              .and(pipeline.apply("ReadUnparsed", ReadTable.from(rejections, unparsed)))
              .apply("AllRejected", Flatten.pCollections())
              .apply("WriteRejected", WriteTable.to(rejections, rejected));
        });
  }

  private static Optional<Prompt> renderJudgement(Pair pair) {
    return Optional.of(new EqualityJudge().render(pair.parent(), pair.child().instruction()));
  }

  private static void parseJudgement(Pair pair, ReplyRow reply, Asking.Fate<Sample> fate) {
    Sample child = pair.child();
    Parsed<Boolean> equal = new EqualityJudge().parse(reply.teacherReply());
    if (equal instanceof Parsed.Rejected<Boolean> undecided) {
      fate.reject(
          Rejection.ofSample(child, undecided.reason().id(), undecided.evidence()).with(reply));
    } else if (((Parsed.Accepted<Boolean>) equal).value()) {
      fate.reject(
          Rejection.ofSample(
                  child,
                  Reason.EQUAL_TO_PARENT.id(),
                  "the judge calls it equal to " + child.parentId().orElseThrow())
              .with(reply));
    } else {
      fate.accept(Samples.withCall(child, reply));
    }
  }

  /** The pure part of a round. */
  private record Rule(int round, long runSeed, Heuristics heuristics) implements Serializable {
    Heuristic draw(PoolEntry entry) {
      return new HeuristicDraw(heuristics).draw(runSeed, entry.id(), round, entry.tried());
    }

    Asking.Origin origin(PoolEntry entry) {
      return new Asking.Origin(entry.sample().rootSeedId(), round, Optional.of(draw(entry).name()));
    }

    /** All heuristics were tried so often: the prompt that comes now was put as often before. */
    int attempt(PoolEntry entry) {
      return entry.tried().size() / heuristics.all().size();
    }

    Optional<Prompt> render(PoolEntry entry) {
      return Optional.of(new EvolInstruct().render(draw(entry), entry.sample().instruction()));
    }

    Parsed<String> read(PoolEntry entry, TeacherReply reply) {
      return new EvolInstruct().parse(draw(entry), entry.sample().instruction(), reply);
    }

    void parse(PoolEntry entry, ReplyRow reply, Asking.Fate<Sample> fate) {
      Sample parent = entry.sample();
      Heuristic heuristic = draw(entry);
      String id = Identity.row("sample", parent.id(), round, heuristic.name(), 0);
      Parsed<String> evolved = read(entry, reply.teacherReply());
      if (evolved instanceof Parsed.Rejected<String> rejected) {
        fate.reject(
            Rejection.ofChild(
                    parent,
                    id,
                    round,
                    heuristic.name(),
                    rejected.reason().id(),
                    rejected.evidence())
                .with(reply));
        return;
      }
      fate.accept(
          new Sample(
              id,
              parent.rootSeedId(),
              Optional.of(parent.id()),
              parent.branch(),
              round,
              Optional.of(heuristic.name()),
              parent.task(),
              parent.language(),
              parent.origin(),
              ((Parsed.Accepted<String>) evolved).value(),
              Optional.empty(),
              List.of(reply.call()),
              parent.mark().and(reply.mark()),
              Optional.empty()));
    }
  }
}
