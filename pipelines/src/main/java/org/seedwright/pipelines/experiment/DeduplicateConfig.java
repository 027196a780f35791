package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How duplicates are found; the stage always runs.
 *
 * @param columns what is compared, at least one, in the order of the file
 */
public record DeduplicateConfig(Method method, List<Column> columns) {

  public DeduplicateConfig {
    requireNonNull(method, "method is null");
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("deduplicate.columns must name at least one column");
    }
  }

  /** How two samples are compared. */
  public enum Method implements Word {
    /** Equal after normalisation. */
    EXACT("exact");

    private final String id;

    Method(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  /** A column of a sample that can be compared. */
  public enum Column implements Word {
    /** The instruction. */
    INSTRUCTION("instruction"),
    /** The response. */
    RESPONSE("response");

    private final String id;

    Column(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }
  }

  static DeduplicateConfig bind(Section section) {
    return new DeduplicateConfig(
        section
            .key("method", "How two samples are compared.")
            .is(Kinds.word(Method.class))
            .orElse(Method.EXACT),
        section
            .key("columns", "Columns that must all be equal.")
            .is(Groups.list(Kinds.word(Column.class), 1))
            .orElse(List.of(Column.INSTRUCTION)));
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("method", method);
    keys.put("columns", columns);
    return keys;
  }
}
