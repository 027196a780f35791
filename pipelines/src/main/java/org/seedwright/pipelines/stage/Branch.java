package org.seedwright.pipelines.stage;

import static java.util.Objects.requireNonNull;

/**
 * One of the chains of an experiment, by name. The names of its stages begin with it, as in {@code
 * oss.instruct}; those of the branch called main do not, nor those that all branches share.
 */
public record Branch(String name) {
  private static final String MAIN = "main";
  private static final char SEPARATOR = '.';

  public Branch {
    requireNonNull(name, "name is null");
  }

  /** Returns the name of this branch's stage. */
  public String stage(String step) {
    return isMain() ? step : name + SEPARATOR + step;
  }

  /** Returns whose stage this is; one that all branches share is the main branch's. */
  public static Branch of(String stage) {
    int end = stage.lastIndexOf(SEPARATOR);
    return new Branch(end < 0 ? MAIN : stage.substring(0, end));
  }

  /** Returns whether its stages bear no name of a branch. */
  public boolean isMain() {
    return name.equals(MAIN);
  }

  /** Returns what a stage does, without whose it is: {@code instruct} of {@code oss.instruct}. */
  public static String step(String stage) {
    return stage.substring(stage.lastIndexOf(SEPARATOR) + 1);
  }

  /**
   * Returns the kind that rows of this branch have in their ids. Two branches may make the same of
   * one seed, and their rows come into one table.
   */
  String kind(String kind) {
    return isMain() ? kind : kind + "/" + name;
  }
}
