package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.OssInstruct;
import org.seedwright.evolve.instruct.ProblemAndSolution;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.table.Table;

/**
 * OSS-Instruct (Magicoder, section 2.1): the teacher draws a problem and its solution from each
 * seed snippet.
 *
 * @param branch name of the chain
 * @param teacher who is asked
 */
public record InstructSeeds(String branch, RoleTeacher teacher) implements Stage {
  private static final String TASK = "generation";

  private record Configuration(
      String method, String branch, String prompt, String promptDigest, RoleTeacher teacher) {}

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
    // The prompt of a made-up seed stands for its wording.
    var origin = new Origin("source", "path", 1, 1, Optional.empty(), Optional.empty(), List.of());
    Prompt probe =
        new OssInstruct().render(new SeedSnippet("id", "document", 0, "python", origin, "code"));
    return new Configuration("oss-instruct", branch, probe.id(), Prompts.digest(probe), teacher);
  }

  @Override
  public List<String> inputs() {
    return List.of("seeds");
  }

  @Override
  public long compute(StageWork work) throws IOException, InterruptedException {
    work.needRows("seeds");
    var asking =
        new Asking<>(
            work,
            "",
            Table.of(SeedSnippet.class),
            work.input("seeds", ""),
            seed -> new Asking.Origin(seed.id(), 0, Optional.empty()));
    asking.ask(teacher, InstructSeeds::render, new OssInstruct()::parse);
    String chain = branch;
    asking.parseTo(
        name() + "-parse", (seed, reply, fate) -> parse(chain, seed, reply.orElseThrow(), fate));
    return work.rows("seeds", "");
  }

  private static Optional<Prompt> render(SeedSnippet seed) {
    return Optional.of(new OssInstruct().render(seed));
  }

  private static void parse(
      String branch, SeedSnippet seed, ReplyRow reply, Asking.Fate<Sample> fate) {
    String id =
        Identity.row(new Branch(branch).kind("sample"), seed.id(), 0, reply.call().promptId(), 0);
    Parsed<ProblemAndSolution> parsed = new OssInstruct().parse(seed, reply.teacherReply());
    if (parsed instanceof Parsed.Rejected<ProblemAndSolution> rejected) {
      fate.reject(
          Rejection.ofSeed(seed, id, "request", rejected.reason().id(), rejected.evidence())
              .with(reply));
      return;
    }
    var pair = ((Parsed.Accepted<ProblemAndSolution>) parsed).value();
    fate.accept(
        new Sample(
            id,
            seed.id(),
            Optional.empty(),
            branch,
            0,
            Optional.empty(),
            TASK,
            seed.language(),
            seed.origin(),
            pair.problem(),
            Optional.of(pair.solution()),
            List.of(reply.call()),
            Mark.TEACHER.and(reply.mark()),
            Optional.empty()));
  }
}
