package org.seedwright.evaluate.extraction;

import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Generation.Form;

/**
 * Magicoder's rules (ise-uiuc/magicoder, {@code experiments/text2code.py}): the model's output up
 * to its first fence mark, since the prompt has opened the fence already. Of MBPP's problems the
 * result goes through EvalPlus's sanitizer, as the project's README does; of HumanEval's it does
 * not.
 */
final class Magicoder implements Extraction {
  private final EvalPlusLegacy sanitizer;

  Magicoder(EvalPlusLegacy sanitizer) {
    this.sanitizer = sanitizer;
  }

  @Override
  public String id() {
    return "magicoder";
  }

  @Override
  public Generation extract(Generation generation, Task task) {
    int fence = generation.text().indexOf("```");
    Generation cut =
        generation.withText(
            generation.form() == Form.REPLY ? Form.COMPLETION : generation.form(),
            fence < 0 ? generation.text() : generation.text().substring(0, fence));
    return task.problem().family().startsWith("MBPP/") ? sanitizer.extract(cut, task) : cut;
  }
}
