import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.seedwright.decontaminate.near.MinHash;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Shingles;

/**
 * CPU time of signatures alone, on sets in memory, and of making those sets.
 *
 * <p>java -cp decontaminate/target/classes performance/SignatureKernel.java ROWS.jsonl COUNT
 */
final class SignatureKernel {
  private SignatureKernel() {}

  public static void main(String[] arguments) throws Exception {
    NearSettings settings = NearSettings.defaults();
    var hash = new MinHash(settings.bands().permutations());
    var shingles = new Shingles(settings.words());
    List<String> texts = new ArrayList<>();
    try (Stream<String> lines = Files.lines(Path.of(arguments[0]))) {
      lines
          .limit(Long.parseLong(arguments[1]))
          .map(line -> line.substring(line.indexOf("\"text\": \"") + 9, line.length() - 2))
          .forEach(texts::add);
    }
    List<long[]> sets = new ArrayList<>();
    // The first round is the compiler's.
    for (int round = 0; round < 2; round++) {
      sets.clear();
      long begun = cpu();
      texts.forEach(text -> sets.add(shingles.of(text)));
      long made = cpu();
      int seen = 0;
      for (long[] set : sets) {
        seen ^= hash.signature(set)[0];
      }
      long signed = cpu();
      if (round == 1) {
        System.out.printf(
            Locale.ROOT,
            "in memory, CPU microseconds a row: sets %.1f, signatures %.1f (%d rows, %.0f elements"
                + " each; %08x)%n",
            (made - begun) / 1e3 / sets.size(),
            (signed - made) / 1e3 / sets.size(),
            sets.size(),
            sets.stream().mapToInt(set -> set.length).average().orElse(0),
            seen);
      }
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
