package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteResponseStoreTest extends ResponseStoreContract {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("responses/store.sqlite");
  }

  @Override
  protected ResponseStore open(String run) {
    return SqliteResponseStore.open(file(), run, InstantSource.system());
  }

  @Test
  void everyReplyAcknowledgedBeforeAKillIsThereAfterwards() throws Exception {
    Process child =
        child(StoringUntilKilled.class, file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var acknowledged = new ArrayList<String>();
    try (BufferedReader lines = reader(child)) {
      while (acknowledged.size() < 200) {
        acknowledged.add(lines.readLine());
      }
      // Through the handle: Process.destroyForcibly would close the pipe with the last lines in it.
      child.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
      }
    } finally {
      child.destroyForcibly();
    }
    child.waitFor();

    try (ResponseStore store = open("after")) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200).doesNotContainNull();
      assertThat(acknowledged.stream().filter(line -> Keys.isKey(line)))
          .allSatisfy(key -> assertThat(store.find(key, 1000)).isPresent());
      assertThat(store.inDoubt()).as("at most one open call a thread").hasSizeLessThanOrEqualTo(4);
      assertThat(store.stats().replies())
          .isBetween((long) acknowledged.size() - 1, (long) acknowledged.size() + 4);
    }
  }

  @Test
  void aSecondStoreInThisProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
    try (ResponseStore store = open("one")) {
      assertThatThrownBy(() -> open("two"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      Process other = child(OpeningOnce.class, file().toString()).start();
      try (BufferedReader lines = reader(other)) {
        assertThat(lines.readLine())
            .contains(file().toString())
            .contains("in use by process " + ProcessHandle.current().pid());
      }
      store.add(request("still"), ended(request("still"), "usable", 1, 10));
    }
    try (ResponseStore store = open("three")) {
      assertThat(store.find(request("still").key(), 10)).isPresent();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedByNameAndLeftAlone() throws IOException {
    Files.createDirectories(file().getParent());
    String notes = "my notes, by no means a database\n".repeat(100);
    Files.writeString(file(), notes);
    assertThatThrownBy(() -> open("run"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file() + " is not a response store");
    assertThat(file()).hasContent(notes.strip() + "\n");
  }

  @Test
  void anotherProgramsDatabaseIsRefusedByName() throws Exception {
    Files.createDirectories(file().getParent());
    try (Connection connection = connection()) {
      connection.createStatement().execute("CREATE TABLE addresses (name TEXT)");
    }
    assertThatThrownBy(() -> open("run"))
        .hasMessage(file() + " is an SQLite file, but not a response store of Seedwright");
  }

  @Test
  void aNewerSchemaIsRefusedByNumber() throws Exception {
    open("run").close();
    try (Connection connection = connection()) {
      connection.createStatement().execute("PRAGMA user_version = 9");
    }
    assertThatThrownBy(() -> open("run"))
        .hasMessageContaining("has schema version 9; this build reads versions 1 and 2");
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> open("run")).hasMessageContaining("is a folder");
  }

  @Test
  void aFlippedByteInAReplyIsNoticedAndNamed() throws Exception {
    var request = request("precious");
    try (ResponseStore store = open("run")) {
      store.add(request, ended(request, "a precious answer", 3, 10));
    }
    flipOneByteAfter("a preci");
    try (ResponseStore store = open("run")) {
      assertThatThrownBy(() -> store.find(request.key(), 10))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining(request.key())
          .hasMessageContaining("does not match its digest");
    }
  }

  @Test
  void aReplyThatVanishedIsNoticedInsteadOfBoughtAgain() throws Exception {
    var request = request("vanished");
    try (ResponseStore store = open("run")) {
      store.add(request, ended(request, "gone", 3, 10));
      try (Connection connection = connection()) {
        connection.createStatement().execute("DELETE FROM replies");
      }
      assertThatThrownBy(() -> store.find(request.key(), 10))
          .hasMessageContaining("its journal names 1 replies to request " + request.key());
    }
    assertThatThrownBy(() -> open("run"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "journal and replies differ in the reply to request " + request.key());
  }

  @Test
  void moneyThatVanishedFromAnAccountIsNoticed() throws Exception {
    try (ResponseStore store = open("spender")) {
      store.open(request("dear"), 10, new Cost(70, 7), Channel.CALL);
    }
    try (Connection connection = connection()) {
      connection.createStatement().execute("UPDATE accounts SET reserved_tokens = 6");
    }
    assertThatThrownBy(() -> open("spender"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the journal does not add up to the account of the run spender");
  }

  @Test
  void aFlippedByteInARequestIsNoticedAndNamed() throws Exception {
    var request = request("what was the question");
    try (ResponseStore store = open("run")) {
      store.add(request, ended(request, "answer", 3, 10));
    }
    flipOneByteAfter("what was the");
    try (ResponseStore store = open("run")) {
      assertThatThrownBy(() -> store.request(request.key()))
          .hasMessageContaining("request %s does not match its key".formatted(request.key()));
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    ResponseStore store = open("run");
    store.close();
    assertThatThrownBy(() -> Requests.sent(store, request("late"), 10))
        .hasMessageContaining("is closed");
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private void flipOneByteAfter(String text) throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text) + text.length();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[at] ^ 1)}), at);
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static ProcessBuilder child(Class<?> main, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Child process that tries to open a store and prints why it could not. */
  static final class OpeningOnce {
    private OpeningOnce() {}

    public static void main(String[] arguments) {
      try (var store =
          SqliteResponseStore.open(Path.of(arguments[0]), "other", InstantSource.system())) {
        System.out.println("opened " + store.stats());
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
