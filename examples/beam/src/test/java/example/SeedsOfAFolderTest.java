package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as its README does, on a folder whose every draw is known. */
class SeedsOfAFolderTest {
  @TempDir private Path scratch;

  @Test
  void onTheDirectRunnerEveryFileHasItsLine() throws IOException {
    run("direct", "--runner=DirectRunner", "--targetParallelism=2");

    check("direct");
  }

  @Test
  void onFlinkTheLinesAreTheSame() throws IOException {
    run("flink", "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");

    check("flink");
  }

  private void run(String name, String... runner) throws IOException {
    Path code = scratch.resolve("code");
    Files.createDirectories(code.resolve("inner"));
    // A file of one line has one draw: that line.
    Files.writeString(code.resolve("inner/twice.py"), "print(40 + 2)\n");
    Files.writeString(code.resolve("again.py"), "print(40  +  2)\n");
    Files.writeString(code.resolve("other.go"), "func f() { return }\n");
    Files.writeString(code.resolve("comment.py"), "# nothing\n");
    Files.writeString(code.resolve("notes.txt"), "no program\n");
    Files.write(code.resolve("broken.py"), new byte[] {'x', (byte) 0xff});

    var args = new ArrayList<>(List.of(runner));
    args.add("--input=" + code);
    args.add("--output=" + scratch.resolve(name));
    SeedsOfAFolder.main(args.toArray(String[]::new));
  }

  private void check(String name) throws IOException {
    assertThat(lines(name + "-seeds"))
        .containsExactlyInAnyOrder(
            """
            {"code":"print(40 + 2)\\n",\
            "documentId":"688a4c0d2f8b89bb3004ff62f56f254a69e5d33e6421d7df6a3a25cbce456ad5",\
            "id":"9becf1360fc1433e18e5b296aed33703","language":"python","ordinal":0,\
            "origin":{"copyright":[],"firstLine":1,"lastLine":1,"path":"inner/twice.py",\
            "source":"folder"}}""",
            """
            {"code":"func f() { return }\\n",\
            "documentId":"e189f8cc5077112735a25d050d2e665a848323fb1b27512a168c0a5e4e5f285b",\
            "id":"14b867f65d7dcc9cb3e7df963d0c25d5","language":"go","ordinal":0,\
            "origin":{"copyright":[],"firstLine":1,"lastLine":1,"path":"other.go",\
            "source":"folder"}}""");
    assertThat(lines(name + "-rejected"))
        .containsExactlyInAnyOrder(
            """
            {"evidence":"the bytes from offset 1 are not UTF-8","id":"broken.py",\
            "reason":"bad-utf8"}""",
            """
            {"evidence":"neither the name nor the first line tells a known language",\
            "id":"notes.txt","reason":"unknown-language"}""",
            """
            {"evidence":"every line is a comment or documentation in lines 1 to 1",\
            "id":"566bad45a3bbf6d2238c3395eef249c0","reason":"only-comments"}""",
            // again.py: the evidence is the seed of inner/twice.py, whose id is the smaller one.
            """
            {"evidence":"9becf1360fc1433e18e5b296aed33703",\
            "id":"c49cef7bf99393f30a3f99076a522d3c","reason":"duplicate"}""");
  }

  private List<String> lines(String prefix) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(scratch, prefix + "-*.jsonl")) {
      for (Path file : files) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
