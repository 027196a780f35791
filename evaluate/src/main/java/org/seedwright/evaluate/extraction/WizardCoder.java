package org.seedwright.evaluate.extraction;

import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Generation.Form;

/**
 * WizardCoder's rules (nlpxucan/WizardLM, {@code WizardCoder/src}): the first Python fence, cut
 * before a main guard and before an example of use. Its three scripts differ: {@code
 * process_humaneval.py} ends at the next fence mark anywhere; those of MBPP only at one that begins
 * a line; {@code mbppplus_process_preds.py} also cuts at the first {@code assert}; {@code
 * process_mbpp.py} keeps carriage returns and cuts before test examples. Which one is used, the
 * task's benchmark says; other tasks go by that of HumanEval.
 *
 * <p>Of a reply with its prompt, only what stands between the first response mark and the next is
 * read. The result is a completion, as in the published files, though it usually repeats the whole
 * function.
 */
final class WizardCoder implements Extraction {
  private static final String RESPONSE = "### Response:";
  private static final String PYTHON_FENCE = "```python";
  private static final String MAIN_GUARD = "if __name__ == \"__main__\":";

  private enum Script {
    HUMAN_EVAL,
    MBPP,
    MBPP_PLUS;

    static Script of(Task task) {
      if (task.problem().benchmark().startsWith("mbpp-plus")) {
        return MBPP_PLUS;
      }
      return task.problem().family().startsWith("MBPP/") ? MBPP : HUMAN_EVAL;
    }
  }

  @Override
  public String id() {
    return "wizardcoder";
  }

  @Override
  public Generation extract(Generation generation, Task task) {
    Script script = Script.of(task);
    return generation.form() == Form.REPLY
        ? generation.withText(Form.COMPLETION, program(response(generation.text()), script))
        : generation.withText(generation.form(), program(generation.text(), script));
  }

  private static String response(String reply) {
    int start = reply.indexOf(RESPONSE);
    if (start < 0) {
      return reply;
    }
    int end = reply.indexOf(RESPONSE, start + RESPONSE.length());
    return reply.substring(start + RESPONSE.length(), end < 0 ? reply.length() : end);
  }

  private static String program(String text, Script script) {
    String code = script == Script.MBPP ? text : text.replace("\r", "");
    code = insideFence(code, script == Script.HUMAN_EVAL ? "```" : "\n```");
    code = before(code, MAIN_GUARD);
    code = before(code, "# Example usage");
    return switch (script) {
      case HUMAN_EVAL -> code;
      case MBPP -> before(code, "# Test examples");
      case MBPP_PLUS -> before(code, "assert");
    };
  }

  /** A fence that does not end is read to the end of the text, unstripped, as the scripts do. */
  private static String insideFence(String code, String end) {
    int start = code.indexOf(PYTHON_FENCE);
    if (start < 0) {
      return code;
    }
    String inside = PythonText.strip(code.substring(start)).replace(PYTHON_FENCE, "");
    int stop = inside.indexOf(end);
    return stop < 0 ? inside : PythonText.strip(inside.substring(0, stop));
  }

  private static String before(String code, String mark) {
    int at = code.indexOf(mark);
    return at < 0 ? code : PythonText.strip(code.substring(0, at));
  }
}
