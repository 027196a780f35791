package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.failure;
import static org.seedwright.pipelines.store.Requests.request;
import static org.seedwright.pipelines.store.Requests.truncated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One flipped bit anywhere: the store is as it was, or it is refused before anything is sent. Never
 * is a reply, an open try or money gone.
 */
class SqliteDamageTest {
  private static final int REPLIES = 240;
  private static final int PAGE = 4096;

  /** Of the positions, every so many; all of them with {@code -Pslow}. */
  private static final int EVERY = Boolean.getBoolean("seedwright.test.slow") ? 1 : 4;

  @TempDir Path folder;

  private Path file;
  private Path log;

  @BeforeEach
  void nameFiles() {
    file = folder.resolve("damaged/store.sqlite");
    log = file.resolveSibling("store.sqlite-wal");
  }

  /** What may not change unseen. */
  private record Contents(
      Map<String, Optional<Reply>> replies,
      List<Long> doubts,
      List<Long> exported,
      Account account) {}

  @Test
  void aFlippedBitInTheMainFileIsHarmlessOrNoticed() throws Exception {
    Map<String, byte[]> whole = settled();
    Contents expected = read();
    var random = new Random(976);
    byte[] bytes = whole.get(file.getFileName().toString());
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      positions.add(i);
    }
    // Page headers and cell pointers are few bytes with much power.
    for (int page = 0; page < bytes.length / PAGE; page++) {
      positions.add(page * PAGE + random.nextInt(40));
      positions.add(page * PAGE + random.nextInt(PAGE));
      positions.add(page * PAGE + random.nextInt(PAGE));
    }
    assertNoDamageIsSilent(whole, file, positions, expected, random);
  }

  @Test
  void aFlippedBitInTheLogOfAKilledProcessIsHarmlessOrNoticed() throws Exception {
    Map<String, byte[]> whole = killed();
    Contents expected = read();
    var random = new Random(4);
    byte[] bytes = whole.get(log.getFileName().toString());
    assertThat(bytes.length).as("the log was left").isGreaterThan(100 * PAGE);
    var positions = new ArrayList<Integer>();
    for (int i = 0; i < 32; i++) {
      positions.add(i);
    }
    int frame = PAGE + 24;
    for (int i = 0; i < 200; i++) {
      int start = 32 + frame * random.nextInt((bytes.length - 32) / frame);
      positions.add(start + random.nextInt(i % 2 == 0 ? 24 : frame));
    }
    int last = bytes.length - frame;
    for (int i = 0; i < 24; i++) {
      positions.add(last + i);
    }
    assertNoDamageIsSilent(whole, log, positions, expected, random);
  }

  @Test
  void aLogThatWasDeletedOrCutIsNoticedAndTheRestLeftAlone() throws Exception {
    Map<String, byte[]> whole = killed();
    byte[] bytes = whole.get(log.getFileName().toString());
    Files.delete(log);
    Files.delete(file.resolveSibling("store.sqlite-shm"));
    assertThatThrownBy(this::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("store.sqlite-wal is damaged or missing");
    restore(whole);
    Files.write(log, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(this::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(" was durable");
    assertThat(Files.size(log)).as("left for whoever repairs it").isEqualTo(bytes.length / 2);
    restore(whole);
    assertThat(read().replies()).hasSize(REPLIES);
  }

  @Test
  void anOlderCopyPutInPlaceIsUsedOnceTheMarkIsDeleted() throws Exception {
    Map<String, byte[]> old = settled();
    try (ResponseStore store = open()) {
      store.add(request("later"), ended(request("later"), "x", 1, 10));
    }
    Files.write(file, old.get("store.sqlite"));
    assertThatThrownBy(this::open).hasMessageContaining("store.sqlite-mark");
    Files.delete(StoreMark.beside(file));
    open().close();
  }

  private void assertNoDamageIsSilent(
      Map<String, byte[]> whole,
      Path part,
      List<Integer> positions,
      Contents expected,
      Random random)
      throws IOException {
    int noticed = 0;
    for (int i = 0; i < positions.size(); i += EVERY) {
      int position = positions.get(i);
      restore(whole);
      byte[] bytes = whole.get(part.getFileName().toString()).clone();
      int bit = random.nextInt(8);
      bytes[position] ^= (byte) (1 << bit);
      Files.write(part, bytes);
      try {
        assertThat(read())
            .as("bit %d of byte %d of %s", bit, position, part.getFileName())
            .isEqualTo(expected);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining(file.toString());
        noticed++;
      }
    }
    assertThat(noticed).as("flips noticed of %d", positions.size()).isGreaterThan(5);
  }

  private ResponseStore open() {
    return SqliteResponseStore.open(file, "run", InstantSource.system());
  }

  private Contents read() {
    try (ResponseStore store = open()) {
      Map<String, Optional<Reply>> replies = new LinkedHashMap<>();
      for (int i = 0; i < REPLIES; i++) {
        replies.put("q" + i, store.find(request("q" + i).key(), 100));
      }
      return new Contents(
          replies,
          store.inDoubt().stream().map(InDoubt::call).toList(),
          store.exported().stream().map(InDoubt::call).toList(),
          store.account());
    }
  }

  /** A store whose log is written back, as after a normal end; returns its files. */
  private Map<String, byte[]> settled() throws IOException {
    try (ResponseStore store = open()) {
      fill(store);
    }
    return files();
  }

  /** The files as a kill leaves them, here without one: copied while the store is open. */
  private Map<String, byte[]> killed() throws IOException {
    Map<String, byte[]> files;
    try (ResponseStore store = open()) {
      fill(store);
      files = files();
    }
    restore(files);
    return files;
  }

  private static void fill(ResponseStore store) {
    for (int i = 0; i < REPLIES; i++) {
      var request = request("q" + i);
      long call =
          ((Opening.Opened) store.open(request, 100, new Cost(500, 50), Channel.CALL)).call();
      String text = ("answer " + i + " ").repeat(i % 40 == 0 ? 900 : 20);
      var reply = i % 5 == 0 ? truncated(request, text, 100) : ended(request, text, 40, 100);
      store.stored(call, reply, new Cost(100 + i, 7));
    }
    for (int i = 0; i < 12; i++) {
      var request = request("lost" + i);
      Channel channel = i % 2 == 0 ? Channel.CALL : Channel.FILE;
      long call = ((Opening.Opened) store.open(request, 100, new Cost(500, 50), channel)).call();
      if (i % 3 == 0) {
        store.failed(call, failure(request), new Cost(500, 50));
      }
    }
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (var all = Files.list(file.getParent())) {
      for (Path each : all.filter(path -> !path.toString().endsWith(".lock")).toList()) {
        files.put(each.getFileName().toString(), Files.readAllBytes(each));
      }
    }
    return files;
  }

  private void restore(Map<String, byte[]> files) throws IOException {
    for (String name :
        List.of("store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "store.sqlite-mark")) {
      Path each = file.resolveSibling(name);
      if (files.containsKey(name)) {
        Files.write(each, files.get(name));
      } else {
        Files.deleteIfExists(each);
      }
    }
  }
}
