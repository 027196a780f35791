package org.seedwright.pipelines.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.evol.EqualityJudge;
import org.seedwright.evolve.evol.EvolInstruct;
import org.seedwright.evolve.evol.Heuristic;
import org.seedwright.evolve.instruct.OssInstruct;
import org.seedwright.evolve.instruct.SelfInstruct;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;

/**
 * Tells which of our prompts a request holds. It learns their wording by rendering each of them, so
 * that it knows every version of them and any heuristic.
 */
final class PromptReader {
  private static final String ONE = "first-value-of-the-prompt";
  private static final String TWO = "second-value-of-the-prompt";

  private final Template ossInstruct;
  private final String selfInstruct;
  private final List<Template> evolve;
  private final Template judge;

  /**
   * A prompt understood.
   *
   * @param subject the seed's code, the list of tasks and what follows it, the parent instruction,
   *     or the instruction to respond to
   */
  record Read(PromptKind kind, String subject) {}

  PromptReader() {
    var origin = new Origin("s", "p", 1, 1, Optional.empty(), Optional.empty(), List.of());
    ossInstruct =
        Template.of(
            last(new OssInstruct().render(new SeedSnippet("i", "d", 0, "python", origin, ONE))),
            ONE);
    String list = last(new SelfInstruct().render(List.of(ONE), 1));
    selfInstruct = list.substring(0, list.indexOf(ONE));
    evolve =
        Arrays.stream(Heuristic.Template.values())
            .map(template -> new Heuristic("any", 1, "none", template, ONE))
            .map(heuristic -> last(new EvolInstruct().render(heuristic, TWO)))
            .map(prompt -> Template.of(prompt, ONE, TWO))
            .toList();
    judge = Template.of(last(new EqualityJudge().render(ONE, TWO)), ONE, TWO);
  }

  private static String last(Prompt prompt) {
    return prompt.messages().get(prompt.messages().size() - 1).content();
  }

  Read read(List<Message> messages) {
    String text = messages.get(messages.size() - 1).content();
    Optional<List<String>> seed = ossInstruct.valuesIn(text);
    if (seed.isPresent()) {
      return new Read(PromptKind.OSS_INSTRUCT, seed.get().get(0));
    }
    if (text.startsWith(selfInstruct)) {
      return new Read(PromptKind.SELF_INSTRUCT, text.substring(selfInstruct.length()));
    }
    for (Template template : evolve) {
      Optional<List<String>> parent = template.valuesIn(text);
      if (parent.isPresent()) {
        return new Read(PromptKind.EVOLVE, parent.get().get(1));
      }
    }
    Optional<List<String>> pair = judge.valuesIn(text);
    if (pair.isPresent()) {
      return new Read(PromptKind.JUDGE, pair.get().get(1));
    }
    return new Read(PromptKind.RESPOND, text);
  }
}
