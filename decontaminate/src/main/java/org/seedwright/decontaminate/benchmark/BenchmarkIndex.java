package org.seedwright.decontaminate.benchmark;

import java.io.Serializable;
import java.util.List;

/**
 * One test for benchmark texts, ready to be asked. Safe for use by several threads, and
 * serializable so that engines can ship it to workers.
 */
public interface BenchmarkIndex extends Serializable {
  /** The id of the test, the value of {@link Overlap#test()} for what it finds. */
  String test();

  /**
   * Every overlap of this text with a benchmark's, in {@link Overlap#ORDER}.
   *
   * @param column name of the column, for the evidence only
   */
  List<Overlap> find(String column, String text);

  /** The texts that are too short to be searched for inside others, by benchmark, task and part. */
  List<BenchmarkText> tooShort();
}
