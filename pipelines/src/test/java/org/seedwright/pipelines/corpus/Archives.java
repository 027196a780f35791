package org.seedwright.pipelines.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes archives and corpora, sound ones and others. */
public final class Archives {
  private Archives() {}

  /** Returns files by path, in the order given: path, text, path, text. */
  public static Map<String, byte[]> files(String... pathsAndTexts) {
    var files = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  /** Writes a zip archive. */
  public static Path zip(Path file, Map<String, byte[]> files) throws IOException {
    return zip(file, files, Map.of());
  }

  /** Writes a zip archive with symbolic links, by their targets. */
  public static Path zip(Path file, Map<String, byte[]> files, Map<String, String> links)
      throws IOException {
    try (var zip = new ZipArchiveOutputStream(file)) {
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        put(zip, new ZipArchiveEntry(one.getKey()), one.getValue());
      }
      for (Map.Entry<String, String> link : links.entrySet()) {
        var entry = new ZipArchiveEntry(link.getKey());
        entry.setUnixMode(0120777);
        put(zip, entry, link.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] bytes)
      throws IOException {
    entry.setTime(0);
    zip.putArchiveEntry(entry);
    zip.write(bytes);
    zip.closeArchiveEntry();
  }

  /** Writes a tar archive in gzip. */
  public static Path tarGz(Path file, Map<String, byte[]> files) throws IOException {
    return tarGz(file, files, Map.of());
  }

  /** Writes a tar archive in gzip with symbolic links, by their targets. */
  public static Path tarGz(Path file, Map<String, byte[]> files, Map<String, String> links)
      throws IOException {
    try (var tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> one : files.entrySet()) {
        var entry = new TarArchiveEntry(one.getKey(), true);
        entry.setSize(one.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(one.getValue());
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, String> link : links.entrySet()) {
        var entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
        entry.setLinkName(link.getValue());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  /** Writes lines in gzip. */
  public static Path gz(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** A row in the layout of The Stack. */
  public record StackRow(
      String content, String repository, String path, String language, List<String> licenses) {}

  /** Writes a Parquet file in the layout of The Stack. */
  public static Path parquet(Path file, List<StackRow> rows) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message stack {
              optional binary content (STRING);
              optional binary max_stars_repo_name (STRING);
              optional binary max_stars_repo_path (STRING);
              optional binary lang (STRING);
              optional group max_stars_repo_licenses (LIST) {
                repeated group list { optional binary item (STRING); }
              }
              optional int64 max_stars_count;
            }
            """);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      var groups = new SimpleGroupFactory(schema);
      for (StackRow row : rows) {
        Group group = groups.newGroup();
        group.append("content", row.content());
        group.append("max_stars_repo_name", row.repository());
        group.append("max_stars_repo_path", row.path());
        group.append("lang", row.language());
        Group licenses = group.addGroup("max_stars_repo_licenses");
        row.licenses().forEach(one -> licenses.addGroup("list").append("item", one));
        group.append("max_stars_count", 7L);
        out.write(group);
      }
    }
    return file;
  }

  /** Cuts a file off. */
  public static Path cut(Path file, long bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    var kept = new ByteArrayOutputStream();
    kept.write(all, 0, (int) bytes);
    return Files.write(file, kept.toByteArray());
  }
}
