package org.seedwright.pipelines.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Source files in four languages, and one of each kind that is not taken. */
final class SmallCorpus {
  private SmallCorpus() {}

  /** Returns the files by their relative paths. */
  static Map<String, byte[]> files() {
    var files = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < 5; i++) {
      files.put("py/module_%d.py".formatted(i), text(python(i)));
      files.put("java/Counter%d.java".formatted(i), text(java(i)));
      files.put("web/widget%d.js".formatted(i), text(javascript(i)));
      files.put("go/part%d/store.go".formatted(i), text(go(i)));
    }
    files.put("LICENSE", text("Apache License\nVersion 2.0, January 2004\n"));
    files.put("py/latin.py", bytes("name = 'caf", 0xe9, "'\n"));
    files.put("py/binary.py", bytes("data = '", 0, "'\n"));
    files.put("py/empty.py", new byte[0]);
    files.put("py/key.py", text("token = 'ghp_" + "a1B2c3D4e5F6".repeat(3) + "'\n"));
    files.put("notes.unknown", text("nothing of a language\n"));
    // The head that is kept of a rejected file would end within a character outside the BMP.
    files.put("py/cut.py", bytes("#" + "x".repeat(198) + "\uD83D\uDE00 ", 0, "\n"));
    return files;
  }

  /** Writes files in the order in which they are given. */
  static Path write(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  /** Returns the same files in another order. */
  static Map<String, byte[]> shuffled(Map<String, byte[]> files, long seed) {
    List<String> names = new ArrayList<>(files.keySet());
    Collections.shuffle(names, new Random(seed));
    var shuffled = new LinkedHashMap<String, byte[]>();
    names.forEach(name -> shuffled.put(name, files.get(name)));
    return shuffled;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String before, int odd, String after) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text(before));
    bytes.write(odd);
    bytes.writeBytes(text(after));
    return bytes.toByteArray();
  }

  private static String python(int i) {
    return """
    # Copyright 2020 Somebody Else
    import math

    def area_%1$d(radius):
        total = math.pi * radius ** %1$d
        return total + %1$d

    def ledger_%1$d(rows):
        seen = {}
        for row in rows:
            seen[row] = seen.get(row, %1$d) + 1
        return seen
    """
        .formatted(i);
  }

  private static String java(int i) {
    return """
    final class Counter%1$d {
      private int parcels = %1$d;

      int next() {
        parcels += %1$d + 1;
        return parcels;
      }

      void reset() {
        parcels = %1$d;
      }
    }
    """
        .formatted(i);
  }

  private static String javascript(int i) {
    return """
    export function widget%1$d(values) {
      const lantern = values.filter((value) => value > %1$d);
      return lantern.map((value) => value * %1$d);
    }
    export const harbour%1$d = [%1$d, 2, 3];
    """
        .formatted(i);
  }

  private static String go(int i) {
    return """
    package part%1$d

    func Orchard%1$d(trees []int) int {
    	total := %1$d
    	for _, tree := range trees {
    		total += tree * %1$d
    	}
    	return total
    }
    """
        .formatted(i);
  }
}
