package org.seedwright.pipelines.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the writer of a part says of it; the manifest's accounts are the sums of these, read back
 * from files, and not Beam counters, which forget or repeat after a failure.
 *
 * @param file the part's name inside its stage folder
 * @param sha256 of the file's bytes, 64 hex digits
 * @param bytes length of the file
 * @param hash content hash of its rows
 * @param reasons of rejected units, how many rows have each; empty for other tables
 */
public record PartSummary(
    String file, String sha256, long bytes, ContentHash hash, Map<String, Long> reasons) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public PartSummary {
    reasons = Map.copyOf(new TreeMap<>(reasons));
  }

  String json() throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("file", file);
    fields.put("sha256", sha256);
    fields.put("bytes", bytes);
    fields.put("rows", hash.rows());
    fields.put("sum", hash.sum().toString(16));
    fields.put("reasons", new TreeMap<>(reasons));
    return JSON.writeValueAsString(fields);
  }

  /**
   * Parses what {@link #json} wrote.
   *
   * @param file named in the error
   * @throws IOException if it is anything else
   */
  static PartSummary parse(String file, String json) throws IOException {
    try {
      var node = JSON.readTree(json);
      return new PartSummary(
          node.required("file").textValue(),
          node.required("sha256").textValue(),
          node.required("bytes").longValue(),
          new ContentHash(
              node.required("rows").longValue(),
              new BigInteger(node.required("sum").textValue(), 16)),
          JSON.convertValue(node.required("reasons"), new TypeReference<Map<String, Long>>() {}));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("%s: not the summary of a part: %s".formatted(file, e.getMessage()), e);
    }
  }
}
