import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.seedwright.decontaminate.near.Bands;
import org.seedwright.decontaminate.near.Jaccard;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.decontaminate.near.Sketch;

/**
 * Writes rows with planted near-duplicates, the planted pairs with their exact similarity, and, for
 * each 0.05 of similarity, how many planted pairs become candidates beside what the curve says.
 *
 * <p>java -cp decontaminate/target/classes performance/PlantedRows.java ROWS SEED FOLDER
 */
final class PlantedRows {
  private static final int VOCABULARY = 50_000;

  private final Random random;
  private final String[] words = new String[VOCABULARY];

  private PlantedRows(long seed) {
    random = new Random(seed);
    for (int i = 0; i < VOCABULARY; i++) {
      var word = new StringBuilder();
      for (int length = 2 + random.nextInt(9); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
  }

  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[0]);
    new PlantedRows(Long.parseLong(arguments[1])).write(rows, Path.of(arguments[2]));
  }

  private void write(int rows, Path folder) throws IOException {
    NearSettings settings = NearSettings.defaults();
    Bands bands = settings.bands();
    var maker = new Sketch.Maker(settings);
    long[] pairs = new long[21];
    long[] found = new long[21];
    double[] expected = new double[21];
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("rows.jsonl"));
        BufferedWriter planted = Files.newBufferedWriter(folder.resolve("pairs.tsv"))) {
      int row = 0;
      while (row < rows) {
        List<String> base = document();
        String text = String.join(" ", base);
        int of = row;
        out.write(line(row++, text));
        // Of ten families seven are alone; the others have one to three near-duplicates.
        int variants = random.nextInt(10) < 7 ? 0 : 1 + random.nextInt(3);
        Sketch sketch = variants == 0 ? null : maker.of(List.of(text));
        for (int i = 0; i < variants && row < rows; i++) {
          String other = String.join(" ", variant(base, 0.475 + 0.5 * random.nextDouble()));
          Sketch near = maker.of(List.of(other));
          double jaccard = Jaccard.of(sketch.set(), near.set());
          planted.write(String.format(Locale.ROOT, "%d\t%d\t%.6f\n", of, row, jaccard));
          int bin = (int) Math.floor(jaccard * 20 + 1e-9);
          pairs[bin]++;
          expected[bin] += bands.found(jaccard);
          found[bin] += share(sketch, near) ? 1 : 0;
          out.write(line(row++, other));
        }
      }
    }
    for (int bin = 10; bin < 19; bin++) {
      System.out.printf(
          Locale.ROOT,
          "%.2f to %.2f  pairs %6d  candidates %6.2f %%  curve %6.2f %%  difference %+5.2f%n",
          bin / 20.0,
          (bin + 1) / 20.0,
          pairs[bin],
          100.0 * found[bin] / pairs[bin],
          100 * expected[bin] / pairs[bin],
          100 * (found[bin] - expected[bin]) / pairs[bin]);
    }
  }

  private static String line(int row, String text) {
    return "{\"id\": " + row + ", \"text\": \"" + text + "\"}\n";
  }

  private static boolean share(Sketch one, Sketch other) {
    for (int band = 0; band < one.keys().length; band++) {
      if (one.keys()[band] == other.keys()[band]) {
        return true;
      }
    }
    return false;
  }

  private List<String> document() {
    List<String> document = new ArrayList<>();
    for (int length = 60 + random.nextInt(180); length > 0; length--) {
      // Words as uneven as those of a language: the square brings the first ones forward.
      double place = random.nextDouble();
      document.add(words[(int) (place * place * VOCABULARY)]);
    }
    return document;
  }

  /** About so similar: new words at the end, or scattered, where each changes five runs. */
  private List<String> variant(List<String> base, double jaccard) {
    var variant = new ArrayList<>(base);
    double changed = (base.size() - 4) * (1 - jaccard) / (1 + jaccard);
    if (random.nextBoolean()) {
      for (int i = 1; i <= Math.round(changed); i++) {
        variant.set(base.size() - i, words[random.nextInt(VOCABULARY)]);
      }
    } else {
      int edits = (int) Math.round(changed / 5);
      for (int i = 0; i < edits; i++) {
        int place = (int) ((i + random.nextDouble()) * base.size() / edits);
        variant.set(place, words[random.nextInt(VOCABULARY)]);
      }
    }
    return variant;
  }
}
