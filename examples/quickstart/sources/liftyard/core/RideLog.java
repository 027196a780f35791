package core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Fixed-size history of waiting times with percentile queries.
 * Old rides are overwritten, so that the figures follow the time of day.
 */
public class RideLog {

    private final int[] seconds;
    private int next;
    private int filled;

    public RideLog(int capacity) {
        seconds = new int[capacity];
    }

    public void add(int waited) {
        seconds[next] = waited;
        next = (next + 1) % seconds.length;
        filled = Math.min(filled + 1, seconds.length);
    }

    /** Smallest waiting time that at least {@code percent} of the rides kept to. */
    public int percentile(double percent) {
        if (filled == 0) {
            throw new IllegalStateException("no rides yet");
        }
        int[] sorted = Arrays.copyOf(seconds, filled);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * filled);
        return sorted[Math.max(0, Math.min(filled, rank) - 1)];
    }

    /** Draws a text histogram with buckets of the given width. */
    public void histogram(Appendable out, int bucketSeconds) {
        int[] counts = new int[1];
        for (int i = 0; i < filled; i++) {
            int bucket = seconds[i] / bucketSeconds;
            if (bucket >= counts.length) {
                counts = Arrays.copyOf(counts, bucket + 1);
            }
            counts[bucket]++;
        }
        try {
            for (int b = 0; b < counts.length; b++) {
                out.append(String.format("%4d s | ", b * bucketSeconds));
                out.append("#".repeat(counts[b])).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
