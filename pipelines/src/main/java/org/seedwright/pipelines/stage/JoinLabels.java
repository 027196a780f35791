package org.seedwright.pipelines.stage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Brings rows together with what was found out about some of them. Reads a label, not empty, under
 * the name of its row ({@link NearClusters#name}), at most one for each; gives the rows without a
 * label, and each of the others under its own. Two rows of one id are an error.
 *
 * @param <T> the row
 */
final class JoinLabels<T> extends PTransform<PCollection<KV<String, String>>, PCollectionTuple> {
  private static final KvCoder<String, byte[]> NAMED =
      KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());

  private final PCollection<T> rows;
  private final SerializableFunction<T, String> id;
  private final TupleTag<T> without;
  private final TupleTag<KV<String, T>> labelled;

  /**
   * @param rows all of them
   * @param id names a row; not empty
   */
  JoinLabels(
      PCollection<T> rows,
      SerializableFunction<T, String> id,
      TupleTag<T> without,
      TupleTag<KV<String, T>> labelled) {
    this.rows = rows;
    this.id = id;
    this.without = without;
    this.labelled = labelled;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<String, String>> labels) {
    Coder<T> coder = rows.getCoder();
    PCollection<KV<String, byte[]>> named =
        rows.apply("Name", ParDo.of(new Name<>(id, coder))).setCoder(NAMED);
    PCollection<KV<String, byte[]>> marked =
        labels.apply("Label", ParDo.of(new Label())).setCoder(NAMED);
    PCollectionTuple joined =
        PCollectionList.of(named)
            .and(marked)
            .apply("WithLabels", Flatten.pCollections())
            .apply("GroupByName", GroupByKey.create())
            .apply(
                "Join",
                ParDo.of(new Join<>(id, coder, without, labelled))
                    .withOutputTags(without, TupleTagList.of(labelled)));
    joined.get(without).setCoder(coder);
    joined.get(labelled).setCoder(KvCoder.of(StringUtf8Coder.of(), coder));
    return joined;
  }

  /** A row, as bytes behind a mark, under its name. */
  private static final class Name<T> extends DoFn<T, KV<String, byte[]>> {
    static final byte ROW = 1;

    private final SerializableFunction<T, String> id;
    private final Coder<T> coder;

    Name(SerializableFunction<T, String> id, Coder<T> coder) {
      this.id = id;
      this.coder = coder;
    }

    @ProcessElement
    public void name(@Element T row, OutputReceiver<KV<String, byte[]>> out) throws IOException {
      String called = id.apply(row);
      if (called.isEmpty()) {
        throw new IllegalArgumentException("a row has no id");
      }
      var bytes = new ByteArrayOutputStream(512);
      bytes.write(ROW);
      coder.encode(row, bytes);
      out.output(KV.of(NearClusters.name(called), bytes.toByteArray()));
    }
  }

  /** A label behind another mark. */
  private static final class Label extends DoFn<KV<String, String>, KV<String, byte[]>> {
    static final byte LABEL = 0;

    @ProcessElement
    public void label(@Element KV<String, String> row, OutputReceiver<KV<String, byte[]>> out) {
      byte[] label = row.getValue().getBytes(StandardCharsets.UTF_8);
      byte[] bytes = new byte[label.length + 1];
      bytes[0] = LABEL;
      System.arraycopy(label, 0, bytes, 1, label.length);
      out.output(KV.of(row.getKey(), bytes));
    }
  }

  /** Brings a row and its label together: two values, at most, of one key. */
  private static final class Join<T> extends DoFn<KV<String, Iterable<byte[]>>, T> {
    private final SerializableFunction<T, String> id;
    private final Coder<T> coder;
    private final TupleTag<T> without;
    private final TupleTag<KV<String, T>> labelled;

    Join(
        SerializableFunction<T, String> id,
        Coder<T> coder,
        TupleTag<T> without,
        TupleTag<KV<String, T>> labelled) {
      this.id = id;
      this.coder = coder;
      this.without = without;
      this.labelled = labelled;
    }

    @ProcessElement
    public void join(@Element KV<String, Iterable<byte[]>> named, MultiOutputReceiver out)
        throws IOException {
      String label = "";
      Optional<byte[]> row = Optional.empty();
      for (byte[] bytes : named.getValue()) {
        if (bytes[0] == Label.LABEL) {
          label = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        } else if (row.isPresent()) {
          throw new IllegalArgumentException(
              "two rows have the id " + id.apply(decoded(row.get())));
        } else {
          row = Optional.of(bytes);
        }
      }
      T whole = decoded(row.orElseThrow());
      if (label.isEmpty()) {
        out.get(without).output(whole);
      } else {
        out.get(labelled).output(KV.of(label, whole));
      }
    }

    private T decoded(byte[] bytes) throws IOException {
      return coder.decode(new ByteArrayInputStream(bytes, 1, bytes.length - 1));
    }
  }
}
