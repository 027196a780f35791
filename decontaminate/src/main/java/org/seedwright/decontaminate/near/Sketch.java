package org.seedwright.decontaminate.near;

import java.util.List;

/**
 * What is remembered of a row: its set, a digest of the set and its band keys. Rows whose digests
 * are equal are taken to have equal sets (a chance of 2^-128 for two others).
 *
 * @param set ascending, without repetition
 * @param high first half of the digest
 * @param low second half
 * @param keys of the bands
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying them would cost what they save
public record Sketch(long[] set, long high, long low, long[] keys) {
  /** Makes the sketches of rows; one object serves one thread. */
  public static final class Maker {
    private final Shingles shingles;
    private final MinHash hash;
    private final Bands bands;
    private final int[] signature;

    public Maker(NearSettings settings) {
      shingles = new Shingles(settings.words());
      bands = settings.bands();
      hash = new MinHash(bands.permutations());
      signature = hash.places();
    }

    /** The sketch of a row with these texts. */
    public Sketch of(List<String> texts) {
      return of(shingles.of(texts));
    }

    /** The sketch of a set. */
    public Sketch of(long[] set) {
      hash.sign(set, signature);
      long high = set.length;
      long low = ~set.length;
      for (long element : set) {
        high = (high ^ element) * 0x9E3779B97F4A7C15L;
        high ^= high >>> 32;
        low = (low + element) * 0xD1342543DE82EF95L;
        low ^= low >>> 29;
      }
      return new Sketch(set, Shingles.mix(high), Shingles.mix(low), bands.keys(signature));
    }
  }
}
