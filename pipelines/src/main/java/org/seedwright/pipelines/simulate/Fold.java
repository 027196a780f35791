package org.seedwright.pipelines.simulate;

import java.util.List;
import java.util.stream.LongStream;
import org.seedwright.evolve.Draw;

/**
 * A small task with a right answer: go through non-negative whole numbers and fold those that meet
 * a condition into a total. Conditions and updates are written the same way in every {@link
 * ProgramLanguage}.
 */
record Fold(Condition kind, Step step, long modulus, long remainder, long start) {

  private static final int SAMPLE_SIZE = 6;

  enum Condition {
    MULTIPLE("whose value leaves the remainder %2$d when it is divided by %1$d"),
    PLACE("whose position, counted from 0, leaves the remainder %2$d when it is divided by %1$d"),
    ABOVE("that are greater than %1$d"),
    BELOW("that are less than %1$d"),
    SUM("for which value and position together leave the remainder %2$d divided by %1$d");

    private final String words;

    Condition(String words) {
      this.words = words;
    }
  }

  enum Step {
    ADD("add them up"),
    COUNT("count them"),
    SQUARES("add up their squares"),
    PLACES("add up their positions, counted from 0"),
    WEIGHTED("add up the products of value and position, counted from 0"),
    HASH("multiply the total by 31, add the value, and keep the remainder modulo 1000003"),
    ALTERNATE("subtract the total so far from the value, and make that the new total");

    private final String words;

    Step(String words) {
      this.words = words;
    }
  }

  static Fold drawn(Draw draw) {
    long modulus = 2L + draw.nextInt(29);
    return new Fold(
        Condition.values()[draw.nextInt(Condition.values().length)],
        Step.values()[draw.nextInt(Step.values().length)],
        modulus,
        draw.nextLong(modulus),
        draw.nextInt(4) == 0 ? 1L + draw.nextInt(99) : 0L);
  }

  String condition() {
    return switch (kind) {
      case MULTIPLE -> "value % " + modulus + " == " + remainder;
      case PLACE -> "index % " + modulus + " == " + remainder;
      case ABOVE -> "value > " + modulus;
      case BELOW -> "value < " + modulus;
      case SUM -> "(value + index) % " + modulus + " == " + remainder;
    };
  }

  String update() {
    return switch (step) {
      case ADD -> "total + value";
      case COUNT -> "total + 1";
      case SQUARES -> "total + value * value";
      case PLACES -> "total + index";
      case WEIGHTED -> "total + value * index";
      case HASH -> "(total * 31 + value) % 1000003";
      case ALTERNATE -> "value - total";
    };
  }

  /** The task in words: which numbers, and what is done with them. */
  String words() {
    return "Take the numbers %s, in the order in which they come, and %s. The total begins at %d."
        .formatted(kind.words.formatted(modulus, remainder), step.words, start);
  }

  /** Sample input and the total it gives. */
  String example(String name, Draw draw) {
    List<Long> values = draw.nextInt(2) == 0 ? sample(draw, 40) : sample(draw, 2 * (int) modulus);
    return "For example, `%s(%s)` gives %d.".formatted(name, values, total(values));
  }

  private static List<Long> sample(Draw draw, int bound) {
    return LongStream.range(0, SAMPLE_SIZE).mapToObj(i -> draw.nextLong(bound)).toList();
  }

  long total(List<Long> values) {
    long total = start;
    for (int index = 0; index < values.size(); index++) {
      if (takes(values.get(index), index)) {
        total = next(total, values.get(index), index);
      }
    }
    return total;
  }

  private boolean takes(long value, long index) {
    return switch (kind) {
      case MULTIPLE -> value % modulus == remainder;
      case PLACE -> index % modulus == remainder;
      case ABOVE -> value > modulus;
      case BELOW -> value < modulus;
      case SUM -> (value + index) % modulus == remainder;
    };
  }

  private long next(long total, long value, long index) {
    return switch (step) {
      case ADD -> total + value;
      case COUNT -> total + 1;
      case SQUARES -> total + value * value;
      case PLACES -> total + index;
      case WEIGHTED -> total + value * index;
      case HASH -> (total * 31 + value) % 1_000_003;
      case ALTERNATE -> value - total;
    };
  }
}
