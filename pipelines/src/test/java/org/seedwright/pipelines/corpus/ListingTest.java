package org.seedwright.pipelines.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.experiment.ExcludeConfig;
import org.seedwright.pipelines.experiment.SourceConfig;

class ListingTest {
  private static final String MPL = "Mozilla Public License Version 2.0\n";
  private static final String MIT =
      """
      Copyright (c) 2020 Ada

      Permission is hereby granted, free of charge, to any person obtaining a copy of this software
      and associated documentation files (the "Software"), to deal in the Software without
      restriction. This permission notice shall be included in all copies.
      """;
  private static final String APACHE = "Apache License\nVersion 2.0, January 2004\n";

  @TempDir private Path scratch;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(scratch.resolve("sources"));
  }

  private void file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Container> list(boolean git, Optional<String> license, String... include)
      throws IOException {
    return list(
        folder,
        git ? SourceConfig.SourceKind.GIT : SourceConfig.SourceKind.FOLDER,
        license,
        ExcludeConfig.NONE,
        include);
  }

  private List<Container> list(
      Path path,
      SourceConfig.SourceKind kind,
      Optional<String> license,
      ExcludeConfig exclude,
      String... include)
      throws IOException {
    return Listing.of(
        "code",
        new SourceConfig(
            path,
            kind,
            license,
            1000,
            List.of(include),
            exclude,
            List.of(),
            SourceConfig.Filters.BIGCODE,
            Map.of()),
        DigestCache.open(scratch.resolve("digests.tsv")));
  }

  private List<String> paths(boolean git, String... include) throws IOException {
    return list(git, Optional.empty(), include).stream().map(Container::path).toList();
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "git",
                "-C",
                folder.toString(),
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  private void commitAll() throws IOException, InterruptedException {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "All");
  }

  @Test
  void aFolderIsListedByPathWithDigestsAndWithoutRevision() throws IOException {
    file("b.py", "b");
    file("a/c.py", "c");
    file("a.py", "a");

    List<Container> files = list(false, Optional.empty());

    assertThat(files).extracting(Container::path).containsExactly("a.py", "a/c.py", "b.py");
    assertThat(files)
        .extracting(file -> file.provenance().revision())
        .containsOnly(Optional.empty());
    assertThat(files).extracting(Container::id).doesNotHaveDuplicates();
    assertThat(files.get(0).sha256())
        .isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    assertThat(files.get(0).bytes()).isEqualTo(1);
  }

  @Test
  void linksAreNotFollowedAndNothingOfGitIsListed() throws IOException {
    file("a.py", "a");
    file(".git/config", "x");
    // A worktree or submodule has a file of that name, which holds an absolute path.
    file("module/.git", "gitdir: /somewhere");
    Path outside = Files.createDirectories(scratch.resolve("outside"));
    Files.writeString(outside.resolve("secret.py"), "x");
    Files.createSymbolicLink(folder.resolve("link.py"), outside.resolve("secret.py"));
    Files.createSymbolicLink(folder.resolve("linked"), outside);
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    assertThat(paths(false)).containsExactly("a.py");
  }

  @Test
  void aSourceMayItselfBeALink() throws IOException {
    file("a.py", "a");
    Path link = Files.createSymbolicLink(scratch.resolve("link"), folder);
    folder = link;

    assertThat(paths(false)).containsExactly("a.py");
  }

  @Test
  void onlyFilesThatMatchAGlobAreListed() throws IOException {
    file("a.py", "a");
    file("lib/b.py", "b");
    file("lib/c.txt", "c");

    assertThat(paths(false, "*.py")).containsExactly("a.py");
    assertThat(paths(false, "lib/**")).containsExactly("lib/b.py", "lib/c.txt");
    assertThat(paths(false, "*.py", "**/*.txt")).containsExactly("a.py", "lib/c.txt");
  }

  @Test
  void aCheckoutIsListedByItsTrackedFilesWithTheRevision() throws Exception {
    file("a.py", "a");
    file("weiße Maus.py", "b");
    commitAll();
    file("untracked.py", "c");

    List<Container> files = list(true, Optional.empty());

    assertThat(files).extracting(Container::path).containsExactly("a.py", "weiße Maus.py");
    assertThat(files)
        .extracting(file -> file.provenance().revision())
        .containsOnly(Optional.of(git("rev-parse", "HEAD")));
    assertThat(paths(false)).containsExactly("a.py", "untracked.py", "weiße Maus.py");
    assertThat(list(false, Optional.empty()))
        .extracting(file -> file.provenance().revision())
        .containsOnly(Optional.empty());
  }

  @Test
  void aCheckoutWithUncommittedChangesIsRefused() throws Exception {
    file("a.py", "a");
    commitAll();
    file("a.py", "changed");

    assertThatThrownBy(() -> list(true, Optional.empty()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(
            "%s has uncommitted changes, so no revision holds its files".formatted(folder))
        .hasMessageContaining("M a.py");
    assertThat(paths(false)).containsExactly("a.py");
  }

  @Test
  void aChangeOutsideTheFolderOfACheckoutDoesNotMatter() throws Exception {
    file("part/a.py", "a");
    file("other/b.py", "b");
    commitAll();
    file("other/b.py", "changed");
    folder = folder.resolve("part");

    assertThat(paths(true)).containsExactly("a.py");
  }

  @Test
  void aFolderThatIsNoCheckoutIsRefusedAsOne() throws IOException {
    file("a.py", "a");

    assertThatThrownBy(() -> list(true, Optional.empty()))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(folder + " is not a readable git checkout: ");
  }

  private List<String> licenses(Optional<String> declared) throws IOException {
    return list(false, declared).stream()
        .filter(file -> file.path().endsWith(".py"))
        .map(
            file ->
                file.provenance().license().orElse("-")
                    + " "
                    + file.provenance().licenseEvidence().orElse("-"))
        .toList();
  }

  @Test
  void theNearestLicenceFileAboveCounts() throws IOException {
    file("LICENSE", APACHE);
    file("a.py", "a");
    file("near/COPYING.txt", MPL);
    file("near/deep/b.py", "b");
    file("plain/c.py", "c");

    assertThat(licenses(Optional.of("ISC")))
        .containsExactly(
            "Apache-2.0 licence file LICENSE",
            "MPL-2.0 licence file near/COPYING.txt",
            "Apache-2.0 licence file LICENSE");
  }

  @Test
  void theDeclaredLicenceCountsWhereNoFileSaysOne() throws IOException {
    file("a.py", "a");

    assertThat(licenses(Optional.of("ISC"))).containsExactly("ISC declared in the experiment");
    assertThat(licenses(Optional.empty())).containsExactly("- -");
  }

  @Test
  void aLicenceOfItsOwnThatNobodyKnowsHidesTheOneAbove() throws IOException {
    file("LICENSE", APACHE);
    file("vendor/LICENSE.txt", "All rights reserved by nobody in particular.");
    file("vendor/a.py", "a");
    // A module of this name is no licence.
    file("tool/license.py", "print('hello')");

    assertThat(licenses(Optional.empty()))
        .containsExactly("Apache-2.0 licence file LICENSE", "- -");
    assertThat(licenses(Optional.of("ISC")))
        .containsExactly("Apache-2.0 licence file LICENSE", "ISC declared in the experiment");
  }

  @Test
  void archivesAndCorporaOfAFolderAreListedUnopened() throws IOException {
    file("a.py", "a");
    file("b.zip", "no zip at all");
    file("deep/c.tar.gz", "c");
    file("deep/D.CRATE", "d");
    file("rows.jsonl.gz", "e");
    file("rows.parquet", "f");

    assertThat(listed(folder, SourceConfig.SourceKind.ARCHIVE, ExcludeConfig.NONE))
        .containsExactly("b.zip ZIP", "deep/D.CRATE TAR_GZ", "deep/c.tar.gz TAR_GZ");
    assertThat(listed(folder, SourceConfig.SourceKind.ROWS, ExcludeConfig.NONE))
        .containsExactly("rows.jsonl.gz JSON_LINES_GZ", "rows.parquet PARQUET");
    assertThat(
            listed(
                folder,
                SourceConfig.SourceKind.ARCHIVE,
                new ExcludeConfig(List.of(), List.of(), List.of("deep/**"))))
        .containsExactly("b.zip ZIP");
    assertThat(listed(folder.resolve("b.zip"), SourceConfig.SourceKind.ARCHIVE, ExcludeConfig.NONE))
        .containsExactly("b.zip ZIP");
  }

  private List<String> listed(Path path, SourceConfig.SourceKind kind, ExcludeConfig exclude)
      throws IOException {
    return list(path, kind, Optional.empty(), exclude).stream()
        .map(file -> file.path() + " " + file.form())
        .toList();
  }

  @Test
  void whatAFolderExcludesIsListedBecauseItIsCounted() throws IOException {
    file("a.py", "a");
    file("gen/b.py", "b");

    assertThat(
            list(
                    folder,
                    SourceConfig.SourceKind.FOLDER,
                    Optional.empty(),
                    new ExcludeConfig(List.of(), List.of(), List.of("gen/**")))
                .stream()
                .map(Container::path))
        .containsExactly("a.py", "gen/b.py");
  }

  @Test
  void aPackagesMetadataHoldForItsFolder() throws IOException {
    file("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT/Apache-2.0\"\n");
    file("LICENSE-MIT", MIT);
    file("LICENSE-APACHE", APACHE);
    file("src/lib.py", "a");

    assertThat(licenses(Optional.empty()))
        .containsExactly("MIT OR Apache-2.0 license in Cargo.toml");
  }
}
