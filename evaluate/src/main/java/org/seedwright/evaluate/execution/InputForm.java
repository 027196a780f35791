package org.seedwright.evaluate.execution;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the arguments of a call are rebuilt from JSON, which has no tuples, sets or complex numbers:
 * the groups of problems that EvalPlus's {@code mbpp_deserialize_inputs} tells apart.
 */
public enum InputForm {
  /** As the JSON has them; all of HumanEval+. */
  PLAIN,
  /** Each argument is a tuple. */
  TUPLES,
  /** Each argument is a list of tuples. */
  LISTS_OF_TUPLES,
  /** The first is a list of tuples. */
  LIST_OF_TUPLES_FIRST,
  /** The second is a tuple. */
  TUPLE_SECOND,
  /** A list of sets; an empty one is an empty dict, as there. */
  LIST_OF_SETS,
  /** A float and a complex number. */
  FLOAT_AND_COMPLEX,
  /** The first is a tuple. */
  TUPLE_FIRST,
  /** Each is a tuple of tuples. */
  TUPLES_OF_TUPLES,
  /** A tuple of tuples and of what is no list. */
  TUPLE_OF_TUPLES_OR_VALUES,
  /** The first is a dict of tuples. */
  DICT_OF_TUPLES_FIRST,
  /** A complex number. */
  COMPLEX,
  /** Tuples all the way down. */
  NESTED_TUPLES;

  private static final Map<Integer, InputForm> OF_MBPP = new HashMap<>();

  static {
    mbpp(
        TUPLES, 2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616,
        630, 726, 740, 744, 809);
    mbpp(LISTS_OF_TUPLES, 63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780);
    mbpp(LIST_OF_TUPLES_FIRST, 75, 413, 444, 753);
    mbpp(TUPLE_SECOND, 106, 750);
    mbpp(LIST_OF_SETS, 115);
    mbpp(FLOAT_AND_COMPLEX, 124);
    mbpp(TUPLE_FIRST, 250, 307, 405, 446, 617, 720, 763, 808);
    mbpp(TUPLES_OF_TUPLES, 259, 401, 445);
    mbpp(TUPLE_OF_TUPLES_OR_VALUES, 278);
    mbpp(DICT_OF_TUPLES_FIRST, 722);
    mbpp(COMPLEX, 252);
    mbpp(NESTED_TUPLES, 580, 615, 791);
  }

  /** Stable kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The form of the MBPP+ problem with this number. */
  public static InputForm ofMbppPlus(int number) {
    return OF_MBPP.getOrDefault(number, PLAIN);
  }

  private static void mbpp(InputForm form, int... numbers) {
    for (int number : numbers) {
      OF_MBPP.put(number, form);
    }
  }
}
