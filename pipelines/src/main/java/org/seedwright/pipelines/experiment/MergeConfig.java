package org.seedwright.pipelines.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which rounds make the data set.
 *
 * @param word a choice that depends on how many rounds there are; empty where they are listed
 * @param rounds the rounds listed, ascending, round 0 being what evolution starts from
 */
public record MergeConfig(Optional<Whole> word, List<Integer> rounds) {
  /** The instructions that evolution starts from, and the accepted children of every round. */
  public static final MergeConfig CUMULATIVE =
      new MergeConfig(Optional.of(Whole.CUMULATIVE), List.of());

  /** The accepted children of the last round alone. */
  public static final MergeConfig LAST = new MergeConfig(Optional.of(Whole.LAST), List.of());

  public MergeConfig {
    rounds = rounds.stream().sorted().toList();
    if (word.isPresent() != rounds.isEmpty()) {
      throw new IllegalArgumentException("evolve.merge is a word or a list of rounds");
    }
  }

  /** A choice by a word. */
  public enum Whole implements Word {
    /** Round 0 and every later one (WizardCoder, section 3). */
    CUMULATIVE("cumulative"),
    /** The last round. */
    LAST("last");

    private final String id;

    Whole(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** Returns the choice of some rounds. */
  public static MergeConfig of(List<Integer> rounds) {
    return new MergeConfig(Optional.empty(), rounds);
  }

  /** Returns the rounds chosen where there are so many, ascending. */
  List<Integer> of(int all) {
    if (word.isEmpty()) {
      return rounds;
    }
    return switch (word.get()) {
      case CUMULATIVE -> IntStream.rangeClosed(0, all).boxed().toList();
      case LAST -> List.of(all);
    };
  }

  /** Returns the last round that is listed, 0 where none is. */
  int last() {
    return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1);
  }

  static MergeConfig bind(Section section, Value<Integer> all) {
    Kind<MergeConfig> word =
        Kinds.word(Whole.class).as(whole -> new MergeConfig(Optional.of(whole), List.of()));
    Kind<MergeConfig> list =
        Groups.list(Kinds.integer(0, EvolveConfig.MOST_ROUNDS), 1)
            // Where every item was refused, so will the file be.
            .as(rounds -> rounds.isEmpty() ? CUMULATIVE : of(rounds));
    Value<MergeConfig> merge =
        section
            .key("merge", "Which rounds make the data set, round 0 being what was not evolved yet.")
            .is(
                Groups.either(word, list)
                    .called("cumulative, last, or a list of rounds such as [0, 2]"));
    merge.key().property().set("default", Json.of(Whole.CUMULATIVE));
    if (all.read().isEmpty()) {
      // The number of rounds has its problem already.
      return CUMULATIVE;
    }
    int rounds = all.read().get();
    int last = merge.read().map(MergeConfig::last).orElse(0);
    if (last > rounds) {
      merge.refuse(
          "rounds of 0 to %d".formatted(rounds),
          "names round %d, but evolve.rounds is %d".formatted(last, rounds));
      return CUMULATIVE;
    }
    return merge.read().orElse(CUMULATIVE);
  }

  Object resolved() {
    return word.isPresent() ? word.get() : rounds;
  }
}
