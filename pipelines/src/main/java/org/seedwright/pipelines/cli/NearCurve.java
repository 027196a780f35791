package org.seedwright.pipelines.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seedwright.decontaminate.near.Bands;
import org.seedwright.decontaminate.near.NearSettings;

/** Says what near-duplicates are and how likely a pair of them is found. */
final class NearCurve {
  private NearCurve() {}

  /** Three lines: the settings, similarities, and for each with which probability it is found. */
  static List<String> lines(NearSettings near) {
    var jaccard = new StringBuilder("  Jaccard    ");
    var found = new StringBuilder("  per cent   ");
    for (Bands.Point point : near.bands().curve()) {
      jaccard.append(String.format(Locale.ROOT, "%6.2f", point.jaccard()));
      found.append(String.format(Locale.ROOT, "%6.1f", 100 * point.found()));
    }
    return List.of(
        "runs of %d words, threshold %s, %d bands of %d rows; a pair is found with"
            .formatted(near.words(), near.threshold(), near.bands().bands(), near.bands().rows()),
        jaccard.toString(),
        found.toString());
  }

  /** The same as a JSON object. */
  static Map<String, Object> json(NearSettings near) {
    var json = new LinkedHashMap<String, Object>();
    json.put("threshold", near.threshold());
    json.put("words", near.words());
    json.put("bands", near.bands().bands());
    json.put("rows", near.bands().rows());
    var curve = new LinkedHashMap<String, Object>();
    near.bands()
        .curve()
        .forEach(
            point ->
                curve.put(
                    String.format(Locale.ROOT, "%.2f", point.jaccard()),
                    Math.round(point.found() * 1e4) / 1e4));
    json.put("found", curve);
    return json;
  }
}
