package org.seedwright.pipelines.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seedwright.evolve.seed.RandomLines;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.evolve.seed.SourceFile;
import org.seedwright.pipelines.corpus.ListedFile;
import org.seedwright.pipelines.stage.ImportInstructions;
import org.seedwright.pipelines.stage.ImportedInstruction;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;

/** Finds what is at the root of a lineage: file and seed, kept or not, or a given instruction. */
final class Roots {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FinishedRun run;
  private final StageTables tables;
  private final Journey journey;

  Roots(FinishedRun run, StageTables tables, Journey journey) {
    this.run = run;
    this.tables = tables;
    this.journey = journey;
  }

  /** A seed with the id of its file; the snippet is absent if it cannot be told any more. */
  record Found(String id, String documentId, Optional<SeedSnippet> snippet, boolean drawnAgain) {}

  /** Returns a seed, whatever became of it. Several branches may draw the same. */
  Optional<Found> seed(String id) throws IOException {
    for (FinishedStage stage : run.stagesOf(Chain.SEEDS)) {
      Optional<Found> found = seed(stage, id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Found> seed(FinishedStage stage, String id) throws IOException {
    Optional<SeedSnippet> kept = tables.find(stage, "", SeedSnippet.class, id);
    if (kept.isPresent()) {
      return Optional.of(new Found(id, kept.get().documentId(), kept, false));
    }
    // Only the id of one that was rejected or left aside is sure to be there; its text is drawn
    // again, which gives what was drawn then.
    Optional<String> document =
        tables
            .find(stage, Rejection.TABLE, Rejection.class, id)
            .flatMap(Rejection::parentId)
            .or(() -> notSelected(stage, id).map(NotSelected::parentId));
    if (document.isEmpty()) {
      return Optional.empty();
    }
    Optional<SeedSnippet> drawn = drawAgain(stage, document.get(), id);
    return Optional.of(new Found(id, document.get(), drawn, true));
  }

  private Optional<NotSelected> notSelected(FinishedStage stage, String id) {
    try {
      return tables.find(stage, NotSelected.TABLE, NotSelected.class, id);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Optional<SeedSnippet> drawAgain(FinishedStage seeds, String documentId, String id)
      throws IOException {
    Optional<SourceFile> file = Optional.empty();
    for (FinishedStage sources : run.stagesOf(Chain.SOURCES)) {
      file = file.isPresent() ? file : tables.find(sources, "", SourceFile.class, documentId);
    }
    JsonNode drawing = configuration(seeds);
    if (file.isEmpty() || !drawing.path("extractor").asText().equals("random-lines")) {
      return Optional.empty();
    }
    var lines =
        new RandomLines(
            drawing.path("seed").asLong(),
            drawing.path("minLines").asInt(),
            drawing.path("maxLines").asInt());
    for (int ordinal = 0; ordinal < drawing.path("perFile").asInt(); ordinal++) {
      SeedSnippet seed = lines.extract(file.get(), ordinal);
      if (seed.id().equals(id)) {
        return Optional.of(seed);
      }
    }
    return Optional.empty();
  }

  private static JsonNode configuration(FinishedStage stage) throws IOException {
    try {
      return JSON.readTree(stage.manifest().configuration());
    } catch (JsonProcessingException e) {
      throw new IOException("%s: its configuration is not JSON".formatted(stage.folder()), e);
    }
  }

  /** Returns the story of a seed that was found. */
  Optional<Story.Seed> story(Found found) throws IOException {
    if (found.snippet().isEmpty()) {
      return Optional.empty();
    }
    SeedSnippet seed = found.snippet().get();
    return Optional.of(
        new Story.Seed(
            seed.id(),
            seed.ordinal(),
            seed.language(),
            seed.origin().firstLine(),
            seed.origin().lastLine(),
            seed.code(),
            found.drawnAgain(),
            journey.of(seed.id())));
  }

  /** Returns the story of a file, whatever became of it. */
  Optional<Story.Document> document(String id) throws IOException {
    for (FinishedStage stage : run.stagesOf(Chain.SOURCES)) {
      Optional<Story.Document> found = document(stage, id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Story.Document> document(FinishedStage stage, String id) throws IOException {
    List<Story.Step> steps = journey.of(id);
    Optional<SourceFile> file = tables.find(stage, "", SourceFile.class, id);
    if (file.isPresent()) {
      return file.map(kept -> document(kept, steps));
    }
    Optional<String> head =
        tables
            .find(stage, Rejection.TABLE, Rejection.class, id)
            .flatMap(rejection -> Calls.text(rejection, "head"));
    return tables
        .find(stage, Chain.LISTING, ListedFile.class, id)
        .map(listed -> document(listed, head, steps));
  }

  /** Returns where a row was read, if it was read in a file of instructions. */
  Optional<Story.Imported> imported(String id) throws IOException {
    for (FinishedStage stage : run.stages()) {
      Optional<ImportedInstruction> found =
          tables.find(stage, ImportedInstruction.TABLE, ImportedInstruction.class, id);
      if (found.isPresent()) {
        return Optional.of(imported(found.get(), stage));
      }
    }
    return Optional.empty();
  }

  private static Story.Imported imported(ImportedInstruction row, FinishedStage stage)
      throws IOException {
    JsonNode importing = configuration(stage);
    String branch = importing.path("branch").asText();
    String sha256 = importing.path("sha256").asText();
    long rows = stage.rows(ImportedInstruction.TABLE);
    // The table has no column for it, but the id was made of it.
    Optional<Integer> place =
        IntStream.range(0, Math.toIntExact(rows))
            .filter(at -> ImportInstructions.id(branch, sha256, row.round(), at).equals(row.id()))
            .mapToObj(at -> at + 1)
            .findFirst();
    return new Story.Imported(
        row.id(),
        row.file(),
        sha256,
        importing.path("layout").asText(),
        place,
        row.firstLine(),
        row.lastLine(),
        row.round(),
        Optional.ofNullable(importing.path("license").textValue()));
  }

  private static Story.Document document(SourceFile file, List<Story.Step> steps) {
    return new Story.Document(
        file.id(),
        file.source(),
        file.path(),
        Optional.of(file.language()),
        file.bytes(),
        file.sha256(),
        file.revision(),
        file.license(),
        file.licenseEvidence(),
        file.copyright(),
        Optional.empty(),
        steps);
  }

  private static Story.Document document(
      ListedFile file, Optional<String> head, List<Story.Step> steps) {
    return new Story.Document(
        file.id(),
        file.source(),
        file.path(),
        Optional.empty(),
        file.bytes(),
        file.sha256(),
        file.revision(),
        file.license(),
        file.licenseEvidence(),
        List.of(),
        head,
        steps);
  }
}
