package org.seedwright.evaluate.execution;

import java.util.Locale;
import java.util.Map;

/**
 * How EvalPlus 0.3.1 compares a value with the expected one. A few problems have several right
 * answers, or right answers that differ in form; all others compare for equality, within the
 * tolerance.
 */
public enum Oracle {
  /** Equal, or near where the tolerance says so. */
  EQUAL,
  /** HumanEval/32: a root of the polynomial that is given. */
  POLYNOMIAL_ROOT,
  /** Mbpp/164: every value. */
  ANYTHING,
  /** Mbpp/295: equal, or 0. */
  OR_ZERO,
  /** Mbpp/581: equal, or the surface with the height taken as the perpendicular one. */
  PYRAMID_SURFACE,
  /** Mbpp/558: equal, or the distance of numbers padded with zeros. */
  PADDED_DIGIT_DISTANCE,
  /** Eight problems whose lists are sets. */
  AS_SETS,
  /** Three problems that return a match or none. */
  NOT_NONE;

  private static final Map<String, Oracle> MBPP =
      Map.ofEntries(
          Map.entry("are_equivalent", ANYTHING),
          Map.entry("sum_div", OR_ZERO),
          Map.entry("surface_Area", PYRAMID_SURFACE),
          Map.entry("digit_distance_nums", PADDED_DIGIT_DISTANCE),
          Map.entry("similar_elements", AS_SETS),
          Map.entry("find_char_long", AS_SETS),
          Map.entry("common_in_nested_lists", AS_SETS),
          Map.entry("extract_singly", AS_SETS),
          Map.entry("larg_nnum", AS_SETS),
          Map.entry("intersection_array", AS_SETS),
          Map.entry("find_dissimilar", AS_SETS),
          Map.entry("Diff", AS_SETS),
          Map.entry("check_str", NOT_NONE),
          Map.entry("text_match_three", NOT_NONE),
          Map.entry("text_starta_endb", NOT_NONE));

  /** Stable kebab-case name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The oracle of the HumanEval+ problem with this function. */
  public static Oracle ofHumanEvalPlus(String entryPoint) {
    return entryPoint.equals("find_zero") ? POLYNOMIAL_ROOT : EQUAL;
  }

  /** The oracle of the MBPP+ problem with this function. */
  public static Oracle ofMbppPlus(String entryPoint) {
    return MBPP.getOrDefault(entryPoint, EQUAL);
  }
}
