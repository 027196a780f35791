package org.seedwright.pipelines.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the workers of a cluster have their classes from.
 *
 * @param jar the worker jar; absent where it lies in the lib folder of the cluster
 */
public record WorkerCode(Optional<Path> jar) {
  /** The command that makes the worker jar. */
  public static final String BUILD = "mvn -q -B package -Pworker -DskipTests";

  private static final String OURS = "org/seedwright/";

  /** Workers load it from a jar that the command puts where they can read it. */
  public static WorkerCode of(Path jar) {
    return new WorkerCode(Optional.of(jar.toAbsolutePath().normalize()));
  }

  /** The jar lies in the lib folder of every process of the cluster. */
  public static WorkerCode installed() {
    return new WorkerCode(Optional.empty());
  }

  /**
   * Copies the jar into a folder, where it keeps its content in its name; one that is there is left
   * as it is.
   *
   * @return the copy
   * @throws ClusterUnusableException if there is no such jar, or its classes are not those of this
   *     command
   */
  Path placeIn(Path folder) throws IOException {
    Path from = jar.orElseThrow();
    Path to = folder.resolve("worker-%s.jar".formatted(checkedDigest(from).substring(0, 16)));
    if (!Files.exists(to)) {
      Files.createDirectories(folder);
      Path hidden = Files.createTempFile(folder, ".worker-", ".jar");
      try {
        Files.copy(from, hidden, StandardCopyOption.REPLACE_EXISTING);
        // Others than this user may run the workers.
        hidden.toFile().setReadable(true, false);
        Files.move(hidden, to, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(hidden);
      }
    }
    return to;
  }

  /**
   * Makes sure that the jar is there and has the classes of this command; does nothing where it is
   * installed in the cluster.
   *
   * @throws ClusterUnusableException if it is not so
   */
  public void check() throws IOException {
    if (jar.isPresent()) {
      checkedDigest(jar.get());
    }
  }

  /** Returns a digest over the names and checksums of all that is in the jar. */
  private static String checkedDigest(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new ClusterUnusableException(
          "there is no worker jar %s; make it by: %s".formatted(jar, BUILD));
    }
    var all = new TreeMap<String, Long>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        all.put(entry.getName(), entry.getCrc());
      }
    }
    for (var entry : all.entrySet()) {
      if (entry.getKey().startsWith(OURS) && entry.getKey().endsWith(".class")) {
        checkSame(jar, entry.getKey(), entry.getValue());
      }
    }
    if (!all.containsKey(WorkerCode.class.getName().replace('.', '/') + ".class")) {
      throw new ClusterUnusableException(
          "%s is no worker jar of Seedwright; make it by: %s".formatted(jar, BUILD));
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      all.forEach(
          (name, checksum) ->
              digest.update(
                  "%s %08x\n".formatted(name, checksum).getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A worker with other classes would fail in the middle of a job, or worse, make other rows. */
  private static void checkSame(Path jar, String name, long checksum) throws IOException {
    try (var own = WorkerCode.class.getClassLoader().getResourceAsStream(name)) {
      var crc = new CRC32();
      if (own != null) {
        crc.update(own.readAllBytes());
      }
      if (own == null || crc.getValue() != checksum) {
        throw new ClusterUnusableException(
            "the worker jar %s was made from another state of the sources (%s differs); make it again by: %s"
                .formatted(jar, name, BUILD));
      }
    }
  }
}
