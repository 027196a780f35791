package org.seedwright.pipelines.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.teacher.OpenAiBodies;
import org.seedwright.pipelines.teacher.Price;

/**
 * Writes requests as lines of an OpenAI batch file. Each is journaled in the store, and its worst
 * case reserved, before its line is written, and the files get their names last: a process that
 * dies in between leaves requests that are journaled and in no file, which another export writes
 * with {@code again}. The opposite, a file that the journal does not know of, cannot be.
 */
public final class BatchExport {
  /** Where the requests of a line go. */
  static final String ENDPOINT = "/v1/chat/completions";

  /** Journaled in one commit. */
  private static final int TOGETHER = 256;

  /** What a line has besides its body, generously. */
  private static final int AROUND_THE_BODY = 256;

  private final ResponseStore store;
  private final BatchFiles files;
  private final Function<RequestRow, Price> prices;
  private final boolean again;
  private final Map<String, InDoubt> exported = new HashMap<>();
  private final OpenAiBodies bodies = new OpenAiBodies();
  private int added;
  private int repeated;
  private int awaited;
  private int overBudget;
  private int tooLarge;

  /**
   * What an export did. Each request is counted once.
   *
   * @param added written for the first time
   * @param repeated written again
   * @param awaited exported before, without a reply so far, and not written now
   * @param overBudget not written: their worst case does not fit into what is left
   * @param tooLarge not written: longer than a file may be
   * @param bytes of all files
   */
  public record Exported(
      int added,
      int repeated,
      int awaited,
      int overBudget,
      int tooLarge,
      long bytes,
      List<Path> files) {}

  private BatchExport(
      ResponseStore store, BatchFiles files, Function<RequestRow, Price> prices, boolean again) {
    this.store = store;
    this.files = files;
    this.prices = prices;
    this.again = again;
    store.exported().forEach(open -> exported.put(open.key(), open));
  }

  /**
   * Exports requests in their order; equal ones once.
   *
   * @param prices what the teacher of a request takes
   * @param again whether requests that are exported and unanswered are written another time, under
   *     the same id
   */
  public static Exported write(
      List<RequestRow> requests,
      ResponseStore store,
      Function<RequestRow, Price> prices,
      boolean again,
      BatchFiles files)
      throws IOException {
    var export = new BatchExport(store, files, prices, again);
    var once = new LinkedHashMap<String, RequestRow>();
    requests.forEach(request -> once.putIfAbsent(request.key(), request));
    var together = new ArrayList<RequestRow>();
    for (RequestRow request : once.values()) {
      together.add(request);
      if (together.size() == TOGETHER) {
        export.write(together);
        together.clear();
      }
    }
    export.write(together);
    List<Path> named = files.publish();
    return new Exported(
        export.added,
        export.repeated,
        export.awaited,
        export.overBudget,
        export.tooLarge,
        files.bytes(),
        named);
  }

  private void write(List<RequestRow> requests) throws IOException {
    Map<String, Long> opened = open(requests);
    for (RequestRow request : requests) {
      InDoubt before = exported.get(request.key());
      Long call = opened.get(request.key());
      if (before != null && again) {
        int cap = before.maxOutputTokens();
        writeLine(
            new CustomId(request.key(), cap, before.call()),
            bodies.request(request.request(), cap));
        repeated++;
      } else if (before != null) {
        awaited++;
      } else if (call != null) {
        writeLine(
            new CustomId(request.key(), request.maxOutputTokens(), call),
            bodies.request(request.request(), request.maxOutputTokens()));
        added++;
      }
    }
  }

  /** Journals those that are not exported yet; returns the numbers of their tries, by key. */
  private Map<String, Long> open(List<RequestRow> requests) {
    var wishes = new ArrayList<ResponseStore.Wish>();
    for (RequestRow row : requests) {
      if (exported.containsKey(row.key())) {
        continue;
      }
      String body = bodies.request(row.request(), row.maxOutputTokens());
      if (body.getBytes(StandardCharsets.UTF_8).length + AROUND_THE_BODY > files.mostBytes()) {
        tooLarge++;
        continue;
      }
      wishes.add(
          new ResponseStore.Wish(
              row.request(),
              row.maxOutputTokens(),
              prices.apply(row).worst(row.request(), row.maxOutputTokens())));
    }
    var calls = new HashMap<String, Long>();
    List<Opening> openings = store.open(wishes, Channel.FILE);
    for (int i = 0; i < wishes.size(); i++) {
      Opening opening = openings.get(i);
      if (opening instanceof Opening.Opened one) {
        calls.put(wishes.get(i).request().key(), one.call());
      } else if (opening instanceof Opening.OverBudget) {
        overBudget++;
      } else if (opening instanceof Opening.Elsewhere) {
        awaited++;
      }
    }
    return calls;
  }

  private void writeLine(CustomId id, String body) throws IOException {
    // The id holds nothing that JSON would escape.
    files.write(
        "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}"
            .formatted(id.text(), ENDPOINT, body));
  }
}
