package org.seedwright.evaluate.extraction;

import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Generation.Form;

/** The text as it is. A whole reply is taken for a whole program. */
final class None implements Extraction {
  @Override
  public String id() {
    return "none";
  }

  @Override
  public Generation extract(Generation generation, Task task) {
    return generation.form() == Form.REPLY
        ? generation.withText(Form.SOLUTION, generation.text())
        : generation;
  }
}
