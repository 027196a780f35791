package org.seedwright.evolve.instruct;

import java.io.Serializable;
import java.util.Map;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.PromptFile;
import org.seedwright.evolve.ReplyText;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.seed.SeedSnippet;

/**
 * OSS-Instruct: a seed snippet inspires a problem and its solution (Magicoder, arXiv 2312.02120,
 * section 2.1).
 *
 * <p>The prompt has the paper's parts in our wording and asks, as the paper's does, for no
 * particular language. The parser accepts more than the paper's released code: text on the line of
 * a marker is kept, and markers may be headings or bold.
 */
public final class OssInstruct implements Serializable {
  private final PromptFile file = PromptFile.resource(OssInstruct.class, "oss-instruct.md", "code");

  /** Returns the prompt for {@code seed}. */
  public Prompt render(SeedSnippet seed) {
    return file.prompt(Map.of("code", seed.code()));
  }

  /** Returns the two sections of the reply to {@code seed}, or why there are not two. */
  public Parsed<ProblemAndSolution> parse(SeedSnippet seed, TeacherReply reply) {
    Parsed<String> answer = ReplyText.of(reply);
    if (answer instanceof Parsed.Rejected<String> rejected) {
      return rejected.ofType();
    }
    return TwoSections.in(((Parsed.Accepted<String>) answer).value());
  }
}
