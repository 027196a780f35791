package org.seedwright.analysis;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/**
 * How many tokens texts have in {@code cl100k_base}, the encoding that Magicoder measures its rows
 * in ({@code length.py}). What looks like a control token is counted as text.
 */
final class TokenCounts {
  private static final Query KEPT = Query.named("run/kept-texts");

  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

  private TokenCounts() {}

  /** Returns how many tokens a text has. */
  static int of(String text) {
    return ENCODING.countTokensOrdinary(text);
  }

  /** Counts the texts of the data set's rows into the table {@code tokens}. */
  static void write(DuckDb duckDb) {
    try (DuckDb.Rows rows = duckDb.append("tokens")) {
      duckDb.ask(
          KEPT.text(),
          List.of(),
          row -> rows.add(row.getString(1), row.getString(2), of(row.getString(3))));
    }
  }
}
