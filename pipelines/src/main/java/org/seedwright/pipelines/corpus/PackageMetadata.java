package org.seedwright.pipelines.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.seedwright.evolve.seed.LicenseName;

/**
 * What a package's own metadata say of it: wheel METADATA and PKG-INFO, Cargo.toml, pyproject.toml,
 * package.json, a jar's pom.xml and manifest. What cannot be read says nothing.
 *
 * @param license SPDX expression
 * @param field where in the file it stands
 * @param repository {@code owner/name}
 */
record PackageMetadata(
    Optional<String> license, Optional<String> field, Optional<String> repository) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HEADER =
      Pattern.compile("(?m)^(License-Expression|License|Classifier|Project-URL|Home-page): *(.*)$");
  private static final Pattern TOML_LICENSE =
      Pattern.compile(
          "(?m)^[ \\t]*license[ \\t]*=[ \\t]*(?:\\{[ \\t]*text[ \\t]*=[ \\t]*)?[\"']([^\"'\\n]{1,300})[\"']");
  private static final Pattern TOML_REPOSITORY =
      Pattern.compile(
          "(?mi)^[ \\t]*\"?(?:repository|source|source[ -]code|homepage)\"?[ \\t]*=[ \\t]*[\"']([^\"'\\n]{1,300})[\"']");
  private static final Pattern MANIFEST_LICENSE =
      Pattern.compile("(?m)^Bundle-License: *([^\\r\\n]*(?:\\r?\\n [^\\r\\n]*)*)");
  private static final Pattern FORGE =
      Pattern.compile(
          "(?:github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org)[/:]([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)");

  private static final PackageMetadata NONE =
      new PackageMetadata(Optional.empty(), Optional.empty(), Optional.empty());

  /** Tells whether a file of this path is metadata, and of which folder. */
  static Optional<String> folderOf(String path) {
    String name = Names.last(path);
    String folder = Names.folder(path);
    return switch (name) {
      case "METADATA" ->
          folder.endsWith(".dist-info") ? Optional.of(Names.folder(folder)) : Optional.empty();
      case "PKG-INFO" -> Optional.of(folder.endsWith(".egg-info") ? Names.folder(folder) : folder);
      case "Cargo.toml", "pyproject.toml", "package.json" -> Optional.of(folder);
      case "pom.xml" -> {
        int meta = ("/" + folder).indexOf("/META-INF/maven/");
        // The folder begins one character later than what was searched.
        yield Optional.of(meta < 0 ? folder : folder.substring(0, Math.max(0, meta - 1)));
      }
      case "MANIFEST.MF" ->
          Names.last(folder).equals("META-INF")
              ? Optional.of(Names.folder(folder))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Reads metadata by the name of their file. */
  static PackageMetadata of(String path, String text) {
    return switch (Names.last(path)) {
      case "METADATA", "PKG-INFO" -> ofHeaders(text);
      case "Cargo.toml" -> ofToml(text, "package");
      case "pyproject.toml" -> ofToml(text, "project");
      case "package.json" -> ofNpm(text);
      case "pom.xml" -> ofPom(text);
      case "MANIFEST.MF" -> ofManifest(text);
      default -> NONE;
    };
  }

  private static PackageMetadata ofHeaders(String text) {
    int end = text.replace("\r\n", "\n").indexOf("\n\n");
    String headers = text.replace("\r\n", "\n");
    headers = end < 0 ? headers : headers.substring(0, end);
    Optional<String> expression = Optional.empty();
    Optional<String> named = Optional.empty();
    Set<String> classified = new LinkedHashSet<>();
    Optional<String> repository = Optional.empty();
    Matcher header = HEADER.matcher(headers);
    while (header.find()) {
      String value = header.group(2).strip();
      switch (header.group(1)) {
        case "License-Expression" -> expression = LicenseName.spdx(value);
        case "License" -> named = LicenseName.spdx(value);
        case "Classifier" -> {
          if (value.startsWith("License ::")) {
            LicenseName.spdx(value).ifPresent(classified::add);
          }
        }
        default -> repository = repository.or(() -> repository(value));
      }
    }
    if (expression.isPresent()) {
      return new PackageMetadata(expression, Optional.of("License-Expression"), repository);
    }
    if (named.isPresent()) {
      return new PackageMetadata(named, Optional.of("License"), repository);
    }
    // Several classifiers tell of choice or of parts, and not which.
    return classified.size() == 1
        ? new PackageMetadata(
            classified.stream().findFirst(), Optional.of("Classifier"), repository)
        : new PackageMetadata(Optional.empty(), Optional.empty(), repository);
  }

  private static PackageMetadata ofToml(String text, String table) {
    Matcher begin =
        Pattern.compile("(?m)^[ \\t]*\\[" + table + "\\][ \\t]*$").matcher(text.replace("\r", ""));
    if (!begin.find()) {
      return NONE;
    }
    String rest = text.replace("\r", "").substring(begin.end());
    Matcher next = Pattern.compile("(?m)^[ \\t]*\\[").matcher(rest);
    String own = next.find() ? rest.substring(0, next.start()) : rest;
    Matcher license = TOML_LICENSE.matcher(own);
    Optional<String> spdx =
        license.find() ? LicenseName.spdx(license.group(1)) : Optional.<String>empty();
    Matcher address = TOML_REPOSITORY.matcher(rest);
    Optional<String> repository = Optional.empty();
    while (repository.isEmpty() && address.find()) {
      repository = repository(address.group(1));
    }
    return new PackageMetadata(spdx, spdx.map(id -> "license"), repository);
  }

  private static PackageMetadata ofNpm(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode license = root.path("license");
      Optional<String> spdx =
          LicenseName.spdx(license.isObject() ? license.path("type").asText() : license.asText());
      JsonNode address = root.path("repository");
      String where = address.isObject() ? address.path("url").asText() : address.asText();
      Optional<String> repository =
          where.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+") ? Optional.of(where) : repository(where);
      return new PackageMetadata(spdx, spdx.map(id -> "license"), repository);
    } catch (JsonProcessingException e) {
      return NONE;
    }
  }

  private static PackageMetadata ofManifest(String text) {
    Matcher found = MANIFEST_LICENSE.matcher(text);
    if (!found.find()) {
      return NONE;
    }
    // A long line goes on after a line end and a blank; parameters follow a semicolon.
    String value =
        found.group(1).replaceAll("\\r?\\n ", "").replaceAll("[;,].*", "").replace("\"", "");
    Optional<String> spdx = LicenseName.spdx(value);
    return new PackageMetadata(spdx, spdx.map(id -> "Bundle-License"), Optional.empty());
  }

  private static PackageMetadata ofPom(String text) {
    var names = new ArrayList<String>();
    Optional<String> repository = Optional.empty();
    try {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      var path = new ArrayList<String>();
      Optional<String> license = Optional.empty();
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          path.add(xml.getLocalName());
        } else if (event == XMLStreamReader.END_ELEMENT) {
          if (String.join("/", path).equals("project/licenses/license")) {
            names.add(license.orElse(""));
            license = Optional.empty();
          }
          path.remove(path.size() - 1);
        } else if (event == XMLStreamReader.CHARACTERS && !xml.isWhiteSpace()) {
          String where = String.join("/", path);
          if (where.startsWith("project/licenses/license/")) {
            license = license.isPresent() ? license : LicenseName.spdx(xml.getText());
          } else if (where.equals("project/scm/url") || where.equals("project/url")) {
            repository =
                where.equals("project/scm/url") || repository.isEmpty()
                    ? repository(xml.getText()).or(Optional::empty)
                    : repository;
          }
        }
      }
    } catch (XMLStreamException e) {
      return NONE;
    }
    // A licence that is not known leaves the whole unknown. Maven does not say AND or OR.
    List<String> distinct = names.stream().distinct().toList();
    Optional<String> spdx =
        distinct.isEmpty() || distinct.contains("")
            ? Optional.empty()
            : Optional.of(String.join(" AND ", distinct));
    return new PackageMetadata(spdx, spdx.map(id -> "licenses"), repository);
  }

  private static Optional<String> repository(String address) {
    Matcher forge = FORGE.matcher(address);
    if (!forge.find()) {
      return Optional.empty();
    }
    String found = forge.group(1);
    return Optional.of(
        found.toLowerCase(Locale.ROOT).endsWith(".git")
            ? found.substring(0, found.length() - 4)
            : found);
  }
}
