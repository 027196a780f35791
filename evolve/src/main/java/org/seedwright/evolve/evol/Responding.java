package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.Map;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.PromptFile;
import org.seedwright.evolve.ReplyText;
import org.seedwright.evolve.TeacherReply;

/** Asks for the response to an instruction with the instruction alone (WizardLM, section 3.2). */
public final class Responding implements Serializable {
  private final PromptFile file =
      PromptFile.resource(Responding.class, "respond.md", "instruction");

  /** Returns the instruction as a prompt. */
  public Prompt render(String instruction) {
    return file.prompt(Map.of("instruction", instruction));
  }

  /** Returns the response without thinking text, or why there is none. */
  public Parsed<String> parse(TeacherReply reply) {
    return ReplyText.of(reply);
  }
}
