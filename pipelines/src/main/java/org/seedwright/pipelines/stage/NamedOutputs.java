package org.seedwright.pipelines.stage;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** Several collections that come out of one transform, each to be had by a method of its own. */
public abstract class NamedOutputs implements POutput {
  private final Map<TupleTag<?>, PValue> collections;

  /**
   * Tells Beam of the collections.
   *
   * @param collections each under a tag of its own, at least one
   */
  NamedOutputs(Map<TupleTag<?>, PCollection<?>> collections) {
    this.collections = Map.copyOf(collections);
  }

  @Override
  public Pipeline getPipeline() {
    return collections.values().iterator().next().getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return collections;
  }

  /** Does nothing: each collection was finished where it was made. */
  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
