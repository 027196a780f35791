package org.seedwright.pipelines.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seedwright.pipelines.experiment.AblateConfig.Axis;
import org.seedwright.pipelines.experiment.AblateConfig.Choice;

/**
 * Names of cells that tell their values and can be parts of a folder's name: {@code rounds-3}, or
 * {@code rounds-3_eliminate-rules} where two keys differ. Of a-z, 0-9, {@code -}, {@code _} and
 * {@code .}; no two cells of a grid have one name.
 */
final class CellNames {
  private static final int LONGEST_VALUE = 40;
  private static final int LONGEST_NAME = 150;

  /** Of each axis, the word for each value. */
  private final List<List<String>> words;

  private CellNames(List<List<String>> words) {
    this.words = words;
  }

  static CellNames of(AblateConfig grid) {
    List<String> keys = keys(grid.axes());
    var words = new ArrayList<List<String>>();
    for (int i = 0; i < keys.size(); i++) {
      words.add(words(keys.get(i), grid.axes().get(i).values()));
    }
    return new CellNames(words);
  }

  /**
   * Returns the name of a cell.
   *
   * @param chosen of each axis the number of its value, from 0
   * @param number of the cell, from 1
   */
  String name(List<Integer> chosen, int number) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < chosen.size(); i++) {
      parts.add(words.get(i).get(chosen.get(i)));
    }
    String name = String.join("_", parts);
    return name.length() > LONGEST_NAME ? "cell-" + number : name;
  }

  /** The last part of each path, or all of it where two end alike. */
  private static List<String> keys(List<Axis> axes) {
    Map<String, Long> ends =
        axes.stream().collect(Collectors.groupingBy(CellNames::end, Collectors.counting()));
    return axes.stream()
        .map(axis -> ends.get(end(axis)) > 1 ? axis.path().replace('.', '-') : end(axis))
        .toList();
  }

  private static String end(Axis axis) {
    return axis.keys().get(axis.keys().size() - 1);
  }

  private static List<String> words(String key, List<Choice> values) {
    List<String> words = values.stream().map(value -> key + "-" + word(value.plain())).toList();
    boolean tell =
        new HashSet<>(words).size() == words.size()
            && words.stream().noneMatch(word -> word.endsWith("-"))
            && words.stream().allMatch(word -> word.length() <= key.length() + LONGEST_VALUE);
    if (tell) {
      return words;
    }
    var numbered = new ArrayList<String>();
    for (int i = 1; i <= values.size(); i++) {
      numbered.add(key + "-no" + i);
    }
    return numbered;
  }

  /** Empty where the value is a mapping or has nothing that a name can hold. */
  private static String word(Object plain) {
    if (plain instanceof Map<?, ?>) {
      return "";
    }
    if (plain instanceof List<?> list) {
      return list.isEmpty()
          ? "none"
          : list.stream().map(CellNames::word).collect(Collectors.joining("-"));
    }
    return plain
        .toString()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-")
        .replaceAll("^[-.]+|[-.]+$", "");
  }
}
