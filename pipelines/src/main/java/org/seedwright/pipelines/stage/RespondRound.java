package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.evol.EliminationRules;
import org.seedwright.evolve.evol.HeuristicDraw;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.evol.Responding;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.table.ReadTable;
import org.seedwright.pipelines.table.SortShards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.WriteTable;

/**
 * Answers the instructions of a round and eliminates by the answer (WizardLM, section 3.2). The
 * main table holds what was accepted; {@code pool} what goes on to the next round: each accepted
 * child, or else its parent. A sample that has a response already is not asked about, unless it is
 * to be answered again.
 *
 * @param round 0 for the instructions that evolution starts from
 * @param runSeed the experiment's seed
 * @param heuristics what the round drew from, to note which one a parent has tried
 * @param teacher who answers
 * @param again whether a sample that has a response is asked about all the same
 * @param rules whether answers are eliminated by rules
 */
public record RespondRound(
    int round,
    long runSeed,
    Heuristics heuristics,
    RoleTeacher teacher,
    boolean again,
    boolean rules)
    implements Stage {

  private record Configuration(
      int round,
      String prompt,
      String promptDigest,
      RoleTeacher teacher,
      boolean again,
      boolean rules) {}

  /** Returns the name of a round's stage. */
  public static String name(int round) {
    return "respond-" + round;
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
    Prompt probe = new Responding().render("instruction");
    return new Configuration(round, probe.id(), Prompts.digest(probe), teacher, again, rules);
  }

  @Override
  public List<String> inputs() {
    return round == 0 ? List.of("instruct") : List.of(EvolveRound.name(round), name(round - 1));
  }

  @Override
  public long compute(StageWork work) throws IOException, InterruptedException {
    String asked = inputs().get(0);
    if (round == 0) {
      work.needRows(asked);
    }
    var asking =
        new Asking<>(work, "", Table.of(Sample.class), work.input(asked, ""), Asking.Origin::of);
    var rule = new Rule(again, rules);
    asking.ask(teacher, rule::render, (sample, reply) -> new Responding().parse(reply));
    var accepted = work.output("");
    var rejected = work.output(Rejection.TABLE);
    var pool = work.output(PoolEntry.TABLE);
    Table<Sample> samples = Table.of(Sample.class);
    work.job(
        name() + "-parse",
        pipeline -> {
          Asking.Split<Sample> parsed = asking.parse(pipeline, samples, rule::parse);
          parsed.accepted().apply("WriteAccepted", WriteTable.to(samples, accepted));
          parsed
              .rejected()
              .apply("WriteRejected", WriteTable.to(Table.of(Rejection.class), rejected));
          pool(pipeline, work, parsed.accepted())
              .apply("WritePool", WriteTable.to(Table.of(PoolEntry.class), pool));
        });
    return work.rows(asked, "");
  }

  /** A member of the last pool, or the child that takes its place, under the member's id. */
  private record Place(String id, Optional<PoolEntry> member, Optional<Sample> child) {}

  private PCollection<PoolEntry> pool(
      Pipeline pipeline, StageWork work, PCollection<Sample> accepted) {
    Table<PoolEntry> entries = Table.of(PoolEntry.class);
    if (round == 0) {
      return accepted
          .apply("AllToPool", MapElements.via(new FirstEntry()))
          .setCoder(entries.coder());
    }
    Table<Place> places = Table.of(Place.class);
    var members =
        pipeline
            .apply(
                "ReadPool", ReadTable.from(entries, work.input(name(round - 1), PoolEntry.TABLE)))
            .apply("Members", MapElements.via(new MemberPlace()))
            .setCoder(places.coder());
    var children =
        accepted.apply("Children", MapElements.via(new ChildPlace())).setCoder(places.coder());
    var draw = new HeuristicDraw(heuristics);
    long seed = runSeed;
    int thisRound = round;
    return PCollectionList.of(members)
        .and(children)
        .apply("Both", Flatten.pCollections())
        .apply(
            "ChildOrElseParent",
            SortShards.of(
                places,
                work.shards(),
                Place::id,
                // A child comes before the member whose place it takes.
                place -> place.id + (place.child.isPresent() ? " 0" : " 1"),
                (int shard, Iterator<Place> sorted, DoFn.OutputReceiver<PoolEntry> out) ->
                    fill(draw, seed, thisRound, sorted, out)))
        .setCoder(entries.coder());
  }

  private static void fill(
      HeuristicDraw draw,
      long seed,
      int round,
      Iterator<Place> sorted,
      DoFn.OutputReceiver<PoolEntry> out)
      throws IOException {
    String taken = "";
    while (sorted.hasNext()) {
      Place place = sorted.next();
      if (place.child.isPresent()) {
        Sample child = place.child.get();
        taken = place.id;
        out.output(new PoolEntry(child.id(), child, List.of()));
      } else if (!place.id.equals(taken)) {
        PoolEntry parent = place.member.orElseThrow();
        var tried = new ArrayList<>(parent.tried());
        tried.add(draw.draw(seed, parent.id(), round, parent.tried()).id());
        out.output(new PoolEntry(parent.id(), parent.sample(), tried));
      }
    }
  }

  private static final class FirstEntry extends SimpleFunction<Sample, PoolEntry> {
    @Override
    public PoolEntry apply(Sample sample) {
      return new PoolEntry(sample.id(), sample, List.of());
    }
  }

  private static final class MemberPlace extends SimpleFunction<PoolEntry, Place> {
    @Override
    public Place apply(PoolEntry entry) {
      return new Place(entry.id(), Optional.of(entry), Optional.empty());
    }
  }

  private static final class ChildPlace extends SimpleFunction<Sample, Place> {
    @Override
    public Place apply(Sample child) {
      return new Place(child.parentId().orElseThrow(), Optional.empty(), Optional.of(child));
    }
  }

  /** The pure part. */
  private record Rule(boolean again, boolean rules) implements Serializable {
    Optional<Prompt> render(Sample sample) {
      return sample.response().isPresent() && !again
          ? Optional.empty()
          : Optional.of(new Responding().render(sample.instruction()));
    }

    void parse(Sample sample, Optional<ReplyRow> reply, Asking.Fate<Sample> fate) {
      if (reply.isEmpty()) {
        fate.accept(sample);
        return;
      }
      Parsed<String> answered = new Responding().parse(reply.get().teacherReply());
      if (answered instanceof Parsed.Rejected<String> rejected) {
        fate.reject(reject(sample, rejected, reply.get()));
        return;
      }
      String response = ((Parsed.Accepted<String>) answered).value();
      Optional<Parsed.Rejected<String>> eliminated =
          rules ? new EliminationRules().check(sample.instruction(), response) : Optional.empty();
      if (eliminated.isPresent()) {
        fate.reject(reject(sample, eliminated.get(), reply.get()));
      } else {
        fate.accept(Samples.withResponse(sample, response, reply.get()));
      }
    }

    private static Rejection reject(
        Sample sample, Parsed.Rejected<String> rejected, ReplyRow reply) {
      return Rejection.ofSample(sample, rejected.reason().id(), rejected.evidence()).with(reply);
    }
  }
}
