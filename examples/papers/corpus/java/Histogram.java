import java.util.Arrays;

public final class Histogram {
  private final long[] counts;
  private final double width;

  public Histogram(int bins, double width) {
    this.counts = new long[bins];
    this.width = width;
  }

  public void add(double value) {
    int bin = (int) Math.floor(value / width);
    counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
  }

  public double quantile(double share) {
    long total = Arrays.stream(counts).sum();
    long below = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      below += counts[bin];
      if (below >= share * total) {
        return (bin + 1) * width;
      }
    }
    return counts.length * width;
  }
}
