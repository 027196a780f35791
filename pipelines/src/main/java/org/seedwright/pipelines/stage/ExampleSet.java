package org.seedwright.pipelines.stage;

import java.util.List;

/**
 * The tasks that one request of Self-Instruct shows.
 *
 * @param id row id of kind {@code examples}
 * @param number of the request, from 0
 * @param examples instructions of seed tasks, in the order in which they are shown
 */
public record ExampleSet(String id, int number, List<String> examples) {
  public ExampleSet {
    examples = List.copyOf(examples);
  }
}
