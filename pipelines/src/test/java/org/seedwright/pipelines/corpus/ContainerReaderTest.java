package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.corpus.Archives.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.experiment.ExcludeConfig;
import org.seedwright.pipelines.experiment.SourceConfig;

class ContainerReaderTest {
  private static final String MIT =
      """
      Copyright (c) 2020 Ada

      Permission is hereby granted, free of charge, to any person obtaining a copy of this software
      and associated documentation files (the "Software"), to deal in the Software without
      restriction. This permission notice shall be included in all copies.
      """;

  @TempDir private Path folder;

  private List<FoundFile> read(Path file) throws IOException {
    return read(file, CorpusColumns.USUAL, 1000);
  }

  private List<FoundFile> read(Path file, CorpusColumns columns, long most) throws IOException {
    String name = file.getFileName().toString();
    var kind =
        name.contains(".jsonl") || name.endsWith(".parquet")
            ? SourceConfig.SourceKind.ROWS
            : SourceConfig.SourceKind.ARCHIVE;
    var config =
        new SourceConfig(
            file,
            kind,
            Optional.empty(),
            most,
            List.of(),
            ExcludeConfig.NONE,
            List.of(),
            SourceConfig.Filters.NONE,
            Map.of());
    var digests = DigestCache.open(folder.resolve("digests.tsv"));
    var found = new ArrayList<FoundFile>();
    for (Container container : Listing.of("code", config, digests)) {
      ContainerReader.read(container, file, most, columns, found::add);
    }
    return found;
  }

  /** Path, and text or reason. */
  private static List<String> told(List<FoundFile> found) {
    return found.stream()
        .map(
            file ->
                file.path()
                    + " = "
                    + file.refusal()
                        .map(refusal -> refusal.reason().id())
                        .orElseGet(() -> new String(file.content(), StandardCharsets.UTF_8)))
        .toList();
  }

  private static Map<String, String> licenses(List<FoundFile> found) {
    var licenses = new LinkedHashMap<String, String>();
    found.forEach(
        file ->
            licenses.put(
                file.path(),
                file.provenance().license().orElse("-")
                    + ", "
                    + file.provenance().licenseEvidence().orElse("-")));
    return licenses;
  }

  @Test
  void entriesOfZipAndTarAreFoundWithTheLicenceThatComesAfterThem() throws IOException {
    Map<String, byte[]> files =
        files("p-1/a.py", "a = 1\n", "./p-1//lib/b.py", "b = 2\n", "p-1/LICENSE", MIT);
    files.put("p-1/NOTICE.txt", "Made by Ada.\n".getBytes(StandardCharsets.UTF_8));
    for (Path archive :
        List.of(
            Archives.zip(folder.resolve("x.zip"), files),
            Archives.tarGz(folder.resolve("x.tar.gz"), files),
            Archives.tarGz(folder.resolve("x.crate"), files))) {
      String name = archive.getFileName() + "!/p-1/";
      List<FoundFile> found = read(archive);
      assertThat(told(found))
          .containsExactly(
              name + "a.py = a = 1\n",
              name + "lib/b.py = b = 2\n",
              name + "LICENSE = " + MIT,
              name + "NOTICE.txt = Made by Ada.\n");
      assertThat(licenses(found)).containsEntry(name + "lib/b.py", "MIT, licence file p-1/LICENSE");
      assertThat(found.get(1).provenance().copyright()).containsExactly("Copyright (c) 2020 Ada");
      assertThat(found.get(1).provenance().notices()).containsExactly("Made by Ada.");
    }
  }

  @Test
  void whatLeadsOutOfAnArchiveOrIsNoFileIsRefusedAndTheRestIsRead() throws IOException {
    Map<String, byte[]> files =
        files(
            "../../etc/passwd.py", "a",
            "x/../../y.py", "b",
            "C:\\windows\\z.py", "c",
            "dir\\inside.py", "d",
            "last.py", "e");
    Map<String, String> links = Map.of("link.py", "/etc/passwd");
    assertThat(told(read(Archives.zip(folder.resolve("x.zip"), files, links))))
        .containsExactly(
            "x.zip!/../../etc/passwd.py = unsafe-path",
            "x.zip!/x/../../y.py = unsafe-path",
            "x.zip!/C:/windows/z.py = unsafe-path",
            "x.zip!/dir/inside.py = d",
            "x.zip!/last.py = e",
            "x.zip!/link.py = not-a-file");
    Map<String, byte[]> absolute = files("/etc/passwd.py", "a");
    absolute.putAll(files);
    assertThat(told(read(Archives.tarGz(folder.resolve("x.tgz"), absolute, links))))
        .contains(
            "x.tgz!//etc/passwd.py = unsafe-path",
            "x.tgz!/../../etc/passwd.py = unsafe-path",
            "x.tgz!/last.py = e",
            "x.tgz!/link.py = not-a-file");
  }

  @Test
  void anEntryThatIsThereAgainIsRefusedAndOneWithOtherContentIsNot() throws IOException {
    Path file = folder.resolve("x.tar.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      // Two archives one behind the other are not one; the same names in one archive are.
      var tar =
          new org.apache.commons.compress.archivers.tar.TarArchiveOutputStream(
              new GZIPOutputStream(out));
      for (String text : List.of("one", "two", "one", "one")) {
        var entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry("a.py");
        entry.setSize(3);
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
      tar.close();
    }

    assertThat(told(read(file)))
        .containsExactly(
            "x.tar.gz!/a.py = one",
            "x.tar.gz!/a.py = two",
            "x.tar.gz!/a.py#3 = repeated-file",
            "x.tar.gz!/a.py#4 = repeated-file");
  }

  @Test
  void ofAnEntryThatIsTooLongOnlyTheBeginningIsHeld() throws IOException {
    Path zip = Archives.zip(folder.resolve("x.zip"), files("a.py", "x".repeat(100_000)));

    FoundFile found = read(zip, CorpusColumns.USUAL, 1000).get(0);

    assertThat(found.bytes()).isEqualTo(100_000);
    assertThat(found.content()).hasSize(1001);
    assertThat(found.sha256())
        .isEqualTo(ReadBytes.of("x".repeat(100_000).getBytes(StandardCharsets.UTF_8)).sha256());
  }

  @Test
  void aBombIsAnErrorThatNamesArchiveAndEntry() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("zeros.py"));
      for (int i = 0; i < 1100; i++) {
        out.write(zeros);
      }
      out.closeEntry();
    }
    assertThatThrownBy(() -> read(zip))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(
            "source code: bomb.zip expands beyond 1073741824 bytes at zeros.py, ")
        .hasMessageContaining("refused as a bomb");

    Path gz = folder.resolve("bomb.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write("{\"content\": \"a\"}\n\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 1100; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> read(gz))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(
            "source code: bomb.jsonl.gz expands beyond 1073741824 bytes at line");
  }

  @Test
  void anArchiveThatIsCutOffIsAnErrorWhereverItIsCut() throws IOException {
    Map<String, byte[]> files = files("a.py", "a = 1\n".repeat(50), "b.py", "b = 2\n".repeat(50));
    Path tar = Archives.tarGz(folder.resolve("x.tar.gz"), files);
    byte[] whole = Files.readAllBytes(tar);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(tar, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(tar))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("x.tar.gz is not a tar archive in gzip that can be read to its end")
          .hasMessageContaining("exclude.paths");
    }
    Path zip = Archives.zip(folder.resolve("x.zip"), files);
    Archives.cut(zip, Files.size(zip) - 30);
    assertThatThrownBy(() -> read(zip))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("x.zip is not a zip archive that can be read to its end");
    Path lines = Archives.gz(folder.resolve("x.jsonl.gz"), "{\"content\": \"a\"}\n".repeat(500));
    Archives.cut(lines, Files.size(lines) - 9);
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("x.jsonl.gz is not a JSON lines file that can be read to its end");
  }

  @Test
  void aDamagedEntryOfAZipIsRefusedAlone() throws IOException {
    Path zip =
        Archives.zip(
            folder.resolve("x.zip"), files("a.py", "first\n".repeat(99), "b.py", "second\n"));
    byte[] bytes = Files.readAllBytes(zip);
    // Inside the data of the first entry.
    int extra = (bytes[28] & 0xff) + ((bytes[29] & 0xff) << 8);
    bytes[30 + "a.py".length() + extra + 4] ^= 0x55;
    Files.write(zip, bytes);

    assertThat(told(read(zip)))
        .containsExactly("x.zip!/a.py = unreadable", "x.zip!/b.py = second\n");
  }

  @Test
  void metadataOfPackagesTellTheLicence() throws IOException {
    assertThat(
            licenses(
                read(
                    Archives.zip(
                        folder.resolve("p-1-py3-none-any.whl"),
                        files(
                            "p/a.py", "a",
                            "p-1.dist-info/METADATA",
                                "Name: p\nLicense-Expression: MIT OR Apache-2.0\n\nLicense: no\n")))))
        .containsEntry(
            "p-1-py3-none-any.whl!/p/a.py",
            "MIT OR Apache-2.0, License-Expression in p-1.dist-info/METADATA");
    assertThat(
            licenses(
                read(
                    Archives.zip(
                        folder.resolve("p.jar"),
                        files(
                            "org/A.java", "class A {}",
                            "META-INF/maven/g/a/pom.xml",
                                "<project><licenses><license><name>EPL 2</name><url>http://www.eclipse.org/legal/epl-v20.html</url></license></licenses></project>")))))
        .containsEntry("p.jar!/org/A.java", "EPL-2.0, licenses in META-INF/maven/g/a/pom.xml");
    assertThat(
            licenses(
                read(
                    Archives.zip(
                        folder.resolve("q.jar"),
                        files(
                            "META-INF/MANIFEST.MF",
                                "Bundle-License: https://www.apache.org/licenses/LIC\r\n ENSE-2.0.txt\r\n",
                            "org/A.java", "class A {}")))))
        .containsEntry("q.jar!/org/A.java", "Apache-2.0, Bundle-License in META-INF/MANIFEST.MF");
    List<FoundFile> npm =
        read(
            Archives.tarGz(
                folder.resolve("p.tgz"),
                files(
                    "package/package.json",
                        "{\"license\": \"ISC\", \"repository\": {\"url\": \"git+https://github.com/Ada/p.git\"}}",
                    "package/a.js", "a",
                    "package/vendor/LICENSE", "Nobody may use this.",
                    "package/vendor/b.js", "b")));
    assertThat(licenses(npm))
        .containsEntry("p.tgz!/package/a.js", "ISC, license in package/package.json")
        .containsEntry("p.tgz!/package/vendor/b.js", "-, -");
    assertThat(npm.get(1).provenance().repository()).contains("Ada/p");
  }

  @Test
  void licenceFilesHoldTogetherUnlessOneMayBeChosen() throws IOException {
    String apache = "Apache License\nVersion 2.0, January 2004\n";
    String bsd =
        "Redistribution and use in source and binary forms, with or without modification, are permitted";
    String eitherFile =
        "made available under the terms of *either* of the licenses\nfound in LICENSE.A or LICENSE.B";
    String eitherName =
        "under either of Apache License, Version 2.0 or GNU General Public License v2 at your option";

    assertThat(
            licenses(
                read(
                    Archives.tarGz(
                        folder.resolve("p.tgz"),
                        files(
                            "both/LICENSE.A",
                            apache,
                            "both/LICENSE.B",
                            bsd,
                            "both/a.py",
                            "a",
                            "either/LICENSE",
                            eitherFile,
                            "either/LICENSE.A",
                            apache,
                            "either/LICENSE.B",
                            bsd,
                            "either/a.py",
                            "a",
                            "named/LICENSE",
                            eitherName,
                            "named/LICENSE.A",
                            apache,
                            "named/a.py",
                            "a",
                            "other/LICENSE",
                            eitherName,
                            "other/LICENSE.B",
                            bsd,
                            "other/a.py",
                            "a")))))
        .containsEntry(
            "p.tgz!/both/a.py",
            "Apache-2.0 AND BSD-2-Clause, licence files both/LICENSE.A, both/LICENSE.B")
        .containsEntry(
            "p.tgz!/either/a.py",
            "Apache-2.0 OR BSD-2-Clause, licence files either/LICENSE.A, either/LICENSE.B")
        .containsEntry(
            "p.tgz!/named/a.py",
            "Apache-2.0 OR GPL-2.0, licence files named/LICENSE, named/LICENSE.A")
        .containsEntry(
            "p.tgz!/other/a.py",
            "(Apache-2.0 OR GPL-2.0) AND BSD-2-Clause, licence files other/LICENSE, other/LICENSE.B");
  }

  @Test
  void rowsOfCorporaAreFilesWithTheirProvenance() throws IOException {
    Path parquet =
        Archives.parquet(
            folder.resolve("x.parquet"),
            List.of(
                new Archives.StackRow("a = 1\n", "ada/p", "src/a.py", "Python", List.of("MIT")),
                new Archives.StackRow(
                    "b = 1\n", "ada/p", "src/b.py", "Python", List.of("MIT", "gpl-3.0"))));
    List<FoundFile> rows = read(parquet);
    assertThat(told(rows))
        .containsExactly(
            "x.parquet!/ada/p/src/a.py = a = 1\n", "x.parquet!/ada/p/src/b.py = b = 1\n");
    assertThat(licenses(rows))
        .containsEntry("x.parquet!/ada/p/src/a.py", "MIT, column max_stars_repo_licenses")
        .containsEntry(
            "x.parquet!/ada/p/src/b.py", "MIT AND GPL-3.0, column max_stars_repo_licenses");
    assertThat(rows.get(0).language()).contains("Python");
    assertThat(rows.get(0).provenance().repository()).contains("ada/p");

    Path lines =
        Files.writeString(
            folder.resolve("x.jsonl"),
            """
            {"text": "a = 1\\n", "where": "src/a.py", "stars": {"deep": [1, 2]}, "license": "mit"}

            {"text": null, "where": "src/b.py"}
            {"text": "c"
            {"text": "d = 1\\n", "where": "../../d.py"}
            {"where": "e.py", "text": "e = 1\\n", "license": "my own"}
            {"text": "f = 1\\n"}""");
    List<FoundFile> found =
        read(lines, new CorpusColumns(Map.of("content", "text", "path", "where")), 1000);
    assertThat(told(found))
        .containsExactly(
            "x.jsonl!/src/a.py = a = 1\n",
            "x.jsonl!/src/b.py = unreadable",
            "x.jsonl!/row-4 = unreadable",
            "x.jsonl!/row-5 = unsafe-path",
            "x.jsonl!/e.py = e = 1\n",
            "x.jsonl!/row-7 = f = 1\n");
    assertThat(licenses(found))
        .containsEntry("x.jsonl!/src/a.py", "MIT, column license")
        .containsEntry("x.jsonl!/e.py", "-, -");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    Path lines = Files.writeString(folder.resolve("x.jsonl"), "{\"text\": \"a\", \"stars\": 1}\n");
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "source code: line 1 of x.jsonl has no column content for content; it has text, stars. Say in columns.content which one it is");
    Path parquet =
        Archives.parquet(
            folder.resolve("x.parquet"),
            List.of(new Archives.StackRow("a", "b", "c", "d", List.of())));
    assertThatThrownBy(() -> read(parquet, new CorpusColumns(Map.of("license", "licence")), 1000))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "source code: x.parquet has no column licence for license; it has content, max_stars_repo_name, max_stars_repo_path, lang, max_stars_repo_licenses, max_stars_count. Say in columns.license which one it is");
  }

  @Test
  void aRowThatIsTooLongIsRefusedWithoutBeingHeld() throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("x.jsonl"),
            "{\"content\": \"%s\"}\n{\"content\": \"b\"}\n".formatted("x".repeat(500_000)));

    assertThat(told(read(lines)))
        .containsExactly("x.jsonl!/row-1 = oversized", "x.jsonl!/row-2 = b");
  }

  @Test
  void aFileThatChangedSinceItWasListedIsAnError() throws IOException {
    Path tar = Archives.tarGz(folder.resolve("x.tgz"), files("a.py", "a"));
    Container listed =
        new Container("id", "code", "x.tgz", ContainerForm.TAR_GZ, 1, "0", Provenance.NONE);

    assertThatThrownBy(
            () -> ContainerReader.read(listed, tar, 1000, CorpusColumns.USUAL, file -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(tar + " changed while it was read; run again");
  }
}
