package org.seedwright.pipelines.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.evol.EqualityJudge;
import org.seedwright.evolve.evol.EvolInstruct;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.evol.Responding;
import org.seedwright.evolve.instruct.OssInstruct;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.stage.ReplyRow;
import org.seedwright.pipelines.stage.RoleTeacher;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.Table;
import org.seedwright.pipelines.table.TableFolder;
import org.seedwright.pipelines.workspace.StageManifest;
import org.seedwright.pipelines.workspace.WorkspaceContents;

/**
 * How many tokens a request of a role takes, guessed from earlier replies of the same role and
 * model in the finished stages of a workspace; where there are none, from the wording of the prompt
 * at four characters a token and the cap on the reply.
 */
public final class TokenEstimate {
  /** Replies read of each table; the mean needs no more. */
  private static final int ENOUGH = 500;

  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Map<String, Tokens> seen = new HashMap<>();

  private TokenEstimate() {}

  /**
   * What a request is thought to take.
   *
   * @param input tokens of the prompt
   * @param output tokens of the reply
   * @param replies on which the guess rests; 0 where it rests on the prompt's wording and the cap
   */
  public record Tokens(double input, double output, long replies) {}

  /** Reads earlier replies. */
  public static TokenEstimate from(WorkspaceContents contents) throws IOException {
    var sums = new HashMap<String, double[]>();
    for (var folder : contents.stages()) {
      if (folder.manifest().isPresent()) {
        for (String table : List.of("replies/", "judge-replies/")) {
          read(folder.path().toString(), folder.manifest().get(), table, sums);
        }
      }
    }
    var estimate = new TokenEstimate();
    sums.forEach(
        (role, sum) ->
            estimate.seen.put(
                role, new Tokens(sum[0] / sum[2], sum[1] / sum[2], Math.round(sum[2]))));
    return estimate;
  }

  private static void read(
      String folder, StageManifest manifest, String table, Map<String, double[]> sums)
      throws IOException {
    var shards = new Shards(manifest.shards());
    int read = 0;
    for (int shard : shards.numbers()) {
      String part = table + shards.part(shard);
      boolean hasRows =
          manifest.files().stream().anyMatch(file -> file.file().equals(part) && file.rows() > 0);
      if (!hasRows || read >= ENOUGH) {
        continue;
      }
      try (var replies =
          new TableFolder(folder, table, shards).open(Table.of(ReplyRow.class), shard)) {
        while (replies.hasNext() && read < ENOUGH) {
          var call = replies.next().call();
          double[] sum =
              sums.computeIfAbsent(call.role() + " " + call.model(), key -> new double[3]);
          sum[0] += call.inputTokens();
          sum[1] += call.outputTokens();
          sum[2]++;
          read++;
        }
      }
    }
  }

  /** Returns what a request to a teacher is thought to take. */
  public Tokens of(RoleTeacher teacher) {
    Tokens earlier = seen.get(teacher.role() + " " + teacher.model());
    return earlier == null
        ? new Tokens(promptTokens(teacher.role()), teacher.maxOutputTokens(), 0)
        : earlier;
  }

  private static double promptTokens(String role) {
    return (double)
            wording(role).messages().stream().mapToInt(message -> message.content().length()).sum()
        / CHARACTERS_PER_TOKEN;
  }

  /** The prompt of a role around texts of a usual length. */
  private static Prompt wording(String role) {
    String instruction = "x".repeat(600);
    return switch (role) {
      case "instruct" -> {
        var origin =
            new Origin("source", "path", 1, 1, Optional.empty(), Optional.empty(), List.of());
        yield new OssInstruct()
            .render(new SeedSnippet("id", "id", 0, "python", origin, "x".repeat(300)));
      }
      case "evolve" -> new EvolInstruct().render(Heuristics.code().all().get(0), instruction);
      case "judge" -> new EqualityJudge().render(instruction, instruction);
      default -> new Responding().render(instruction);
    };
  }
}
