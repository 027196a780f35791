package org.seedwright.pipelines.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.seedwright.decontaminate.near.Bands;
import org.seedwright.decontaminate.near.BucketEdges;
import org.seedwright.decontaminate.near.BucketPairs;
import org.seedwright.decontaminate.near.Components;
import org.seedwright.decontaminate.near.MinHash;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.pipelines.table.CanonicalJson;
import org.seedwright.pipelines.table.Shards;
import org.seedwright.pipelines.table.SortShards;

/**
 * Finds the clusters that {@link org.seedwright.decontaminate.near.NearDuplicates} finds in one
 * process, on many machines: rows of equal sets count as one; bands bring likely pairs together;
 * the exact similarity of their sets decides; clusters are connected components. Reads sets under
 * the names of their rows (32 hex digits each) and gives, for every row that has a near-duplicate,
 * the name of its cluster.
 *
 * <p>What one worker holds: a bucket's first 65 names; the sets of 64 rows of a bucket while it
 * streams by ({@link BucketEdges}), so 64 times the largest row at the very worst; and, one worker
 * only, 30 to 45 bytes for each row that has a near-duplicate ({@link Components}: ten million in
 * 0.5 GB), through which the edges stream. No list of a bucket's or a cluster's rows is made.
 */
final class NearClusters
    extends PTransform<PCollection<KV<String, byte[]>>, PCollection<KV<String, String>>> {
  private static final int NAME = 32;
  private static final byte SET = 0;
  private static final byte BUCKET = 1;
  private static final KvCoder<String, byte[]> NAMED =
      KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of());

  private final NearSettings settings;
  private final Shards shards;

  NearClusters(NearSettings settings, Shards shards) {
    this.settings = settings;
    this.shards = shards;
  }

  /** The name of a row: rows are put in the order of the SHA-256 of their ids. */
  static String name(String id) {
    return CanonicalJson.digestOfText(id).substring(0, NAME);
  }

  /** A set as bytes. */
  static byte[] bytes(long[] set) {
    ByteBuffer bytes = ByteBuffer.allocate(set.length * Long.BYTES);
    bytes.asLongBuffer().put(set);
    return bytes.array();
  }

  private static long[] set(byte[] bytes, int from) {
    long[] set = new long[(bytes.length - from) / Long.BYTES];
    ByteBuffer.wrap(bytes, from, bytes.length - from).asLongBuffer().get(set);
    return set;
  }

  @Override
  public PCollection<KV<String, String>> expand(PCollection<KV<String, byte[]>> sets) {
    var node = new TupleTag<KV<String, byte[]>>() {};
    var edge = new TupleTag<String>() {};
    PCollectionTuple distinct =
        sets.apply("KeyBySet", ParDo.of(new KeyBySet()))
            .setCoder(NAMED)
            .apply(
                "FirstOfEqualSets",
                SortShards.<KV<String, byte[]>, KV<String, byte[]>>of(
                    NAMED,
                    shards,
                    row -> row.getKey().substring(0, NAME),
                    KV::getKey,
                    NearClusters::firstOfEqualSets))
            .setCoder(NAMED)
            .apply(
                "NodesAndEdges",
                ParDo.of(new NodeOrEdge(node, edge)).withOutputTags(node, TupleTagList.of(edge)));
    PCollection<KV<String, byte[]>> nodes = distinct.get(node).setCoder(NAMED);
    PCollection<KV<String, byte[]>> buckets =
        nodes
            .apply("Sign", ParDo.of(new Sign(settings.bands())))
            .setCoder(KvCoder.of(BigEndianLongCoder.of(), StringUtf8Coder.of()))
            .apply("GroupByBand", GroupByKey.create())
            .apply("Buckets", ParDo.of(new Buckets()))
            .setCoder(NAMED);
    double threshold = settings.threshold();
    PCollection<String> similar =
        PCollectionList.of(nodes.apply("Mark", ParDo.of(new Mark())).setCoder(NAMED))
            .and(buckets)
            .apply("WithBuckets", Flatten.pCollections())
            .apply("GroupByName", GroupByKey.create())
            .apply("IntoBuckets", ParDo.of(new IntoBuckets()))
            .setCoder(NAMED)
            .apply(
                "Compare",
                SortShards.<KV<String, byte[]>, String>of(
                    NAMED,
                    shards,
                    member -> bucketOf(member.getKey()),
                    KV::getKey,
                    (shard, members, out) -> compare(threshold, members, out)))
            .setCoder(StringUtf8Coder.of());
    return PCollectionList.of(distinct.get(edge).setCoder(StringUtf8Coder.of()))
        .and(similar)
        .apply("Edges", Flatten.pCollections())
        .apply("Together", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()))
        .apply("GroupEdges", GroupByKey.create())
        .apply("Connect", ParDo.of(new Connect()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
  }

  /** Puts a row under the digest of its set and its name. */
  private static final class KeyBySet extends DoFn<KV<String, byte[]>, KV<String, byte[]>> {
    @ProcessElement
    public void key(@Element KV<String, byte[]> row, OutputReceiver<KV<String, byte[]>> out) {
      String digest = CanonicalJson.sha256Hex(row.getValue()).substring(0, NAME);
      out.output(KV.of(digest + row.getKey(), row.getValue()));
    }
  }

  /** Emits the first row of each set with it, and the names of first and other for the others. */
  private static void firstOfEqualSets(
      int shard, Iterator<KV<String, byte[]>> sorted, DoFn.OutputReceiver<KV<String, byte[]>> out) {
    String digest = "";
    String first = "";
    while (sorted.hasNext()) {
      KV<String, byte[]> row = sorted.next();
      String name = row.getKey().substring(NAME);
      if (row.getKey().startsWith(digest) && !digest.isEmpty()) {
        out.output(KV.of(first + name, new byte[0]));
      } else {
        digest = row.getKey().substring(0, NAME);
        first = name;
        out.output(KV.of(name, row.getValue()));
      }
    }
  }

  private static final class NodeOrEdge extends DoFn<KV<String, byte[]>, KV<String, byte[]>> {
    private final TupleTag<KV<String, byte[]>> node;
    private final TupleTag<String> edge;

    NodeOrEdge(TupleTag<KV<String, byte[]>> node, TupleTag<String> edge) {
      this.node = node;
      this.edge = edge;
    }

    @ProcessElement
    public void split(@Element KV<String, byte[]> one, MultiOutputReceiver out) {
      if (one.getKey().length() == NAME) {
        out.get(node).output(one);
      } else {
        out.get(edge).output(one.getKey());
      }
    }
  }

  /** Emits the name of a row under the key of each band of its signature. */
  private static final class Sign extends DoFn<KV<String, byte[]>, KV<Long, String>> {
    private final Bands bands;
    private transient Optional<MinHash> hash;

    Sign(Bands bands) {
      this.bands = bands;
    }

    @Setup
    public void setUp() {
      hash = Optional.of(new MinHash(bands.permutations()));
    }

    @ProcessElement
    public void sign(@Element KV<String, byte[]> node, OutputReceiver<KV<Long, String>> out) {
      for (long key : bands.keys(hash.orElseThrow().signature(set(node.getValue(), 0)))) {
        out.output(KV.of(key, node.getKey()));
      }
    }
  }

  /**
   * Emits, for each member of a bucket of two or more, its name and the bucket's. Buckets of one
   * and the same few members have one name, so that a pair that shares thirty bands is compared
   * once.
   */
  private static final class Buckets extends DoFn<KV<Long, Iterable<String>>, KV<String, byte[]>> {
    @ProcessElement
    public void read(
        @Element KV<Long, Iterable<String>> bucket, OutputReceiver<KV<String, byte[]>> out) {
      List<String> first = new ArrayList<>();
      Iterator<String> members = bucket.getValue().iterator();
      while (members.hasNext() && first.size() < BucketPairs.SMALL) {
        first.add(members.next());
      }
      if (first.size() < 2) {
        return;
      }
      String name = "%016x".formatted(bucket.getKey());
      if (!members.hasNext()) {
        Collections.sort(first);
        name = CanonicalJson.digestOfText(String.join("", first)).substring(0, NAME);
      }
      byte[] marked = marked(BUCKET, name.getBytes(StandardCharsets.US_ASCII));
      first.forEach(member -> out.output(KV.of(member, marked)));
      while (members.hasNext()) {
        out.output(KV.of(members.next(), marked));
      }
    }
  }

  private static final class Mark extends DoFn<KV<String, byte[]>, KV<String, byte[]>> {
    @ProcessElement
    public void mark(@Element KV<String, byte[]> node, OutputReceiver<KV<String, byte[]>> out) {
      out.output(KV.of(node.getKey(), marked(SET, node.getValue())));
    }
  }

  private static byte[] marked(byte mark, byte[] bytes) {
    byte[] marked = new byte[bytes.length + 1];
    marked[0] = mark;
    System.arraycopy(bytes, 0, marked, 1, bytes.length);
    return marked;
  }

  /** Emits a row's set into each of its buckets, of which there are no more than bands. */
  private static final class IntoBuckets
      extends DoFn<KV<String, Iterable<byte[]>>, KV<String, byte[]>> {
    @ProcessElement
    public void join(
        @Element KV<String, Iterable<byte[]>> row, OutputReceiver<KV<String, byte[]>> out) {
      var buckets = new TreeSet<String>();
      byte[] set = {};
      for (byte[] marked : row.getValue()) {
        if (marked[0] == SET) {
          set = marked;
        } else {
          buckets.add(new String(marked, 1, marked.length - 1, StandardCharsets.US_ASCII));
        }
      }
      for (String bucket : buckets) {
        out.output(KV.of(bucket + " " + row.getKey(), set));
      }
    }
  }

  private static String bucketOf(String member) {
    return member.substring(0, member.indexOf(' '));
  }

  /** Emits the names of every two rows of a bucket that are connected, one after the other. */
  private static void compare(
      double threshold, Iterator<KV<String, byte[]>> members, DoFn.OutputReceiver<String> out) {
    var edges = new BucketEdges(threshold, (one, other) -> out.output(one + other));
    String bucket = "";
    while (members.hasNext()) {
      KV<String, byte[]> member = members.next();
      String next = bucketOf(member.getKey());
      if (!next.equals(bucket)) {
        edges.clear();
        bucket = next;
      }
      edges.add(member.getKey().substring(next.length() + 1), set(member.getValue(), 1));
    }
  }

  /** Emits every node with the least node of its component. */
  private static final class Connect
      extends DoFn<KV<Integer, Iterable<String>>, KV<String, String>> {
    @ProcessElement
    public void connect(
        @Element KV<Integer, Iterable<String>> edges, OutputReceiver<KV<String, String>> out) {
      var components = new Components();
      for (String edge : edges.getValue()) {
        components.connect(half(edge, 0), half(edge, 1), half(edge, 2), half(edge, 3));
      }
      components.forEach(
          (high, low, leastHigh, leastLow) ->
              out.output(
                  KV.of(
                      "%016x%016x".formatted(high, low),
                      "%016x%016x".formatted(leastHigh, leastLow))));
    }

    private static long half(String edge, int number) {
      return Long.parseUnsignedLong(edge, number * 16, number * 16 + 16, 16);
    }
  }
}
