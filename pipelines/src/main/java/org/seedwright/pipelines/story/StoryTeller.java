package org.seedwright.pipelines.story;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seedwright.analysis.Tables;
import org.seedwright.pipelines.stage.Branch;
import org.seedwright.pipelines.stage.ContaminationHit;
import org.seedwright.pipelines.stage.NotSelected;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.workspace.WorkspaceContents;

/**
 * Tells the story of anything that has an id in a finished stage of a workspace: a source file, a
 * seed, a row, a unit that was rejected or left aside, a hit.
 */
public final class StoryTeller {
  /** Fewer digits name too much. */
  public static final int SHORTEST_PREFIX = 8;

  private static final int MOST_MATCHES = 20;

  private final StageTables tables;
  private final List<FinishedRun> runs;
  private final Path workspace;

  private StoryTeller(StageTables tables, List<FinishedRun> runs, Path workspace) {
    this.tables = tables;
    this.runs = runs;
    this.workspace = workspace;
  }

  /**
   * Tells a story.
   *
   * @param id the whole id or at least {@link #SHORTEST_PREFIX} of its first digits
   * @param runName the run whose stages are read; else the newest that holds the id
   * @throws UnknownIdException if it names nothing or more than one thing
   */
  public static Story tell(Path workspace, String id, Optional<String> runName) throws IOException {
    if (!id.matches("[0-9a-f]{%d,64}".formatted(SHORTEST_PREFIX))) {
      throw new UnknownIdException(
          "an id is %d to 64 of the digits 0-9 and a-f, but was '%s'"
              .formatted(SHORTEST_PREFIX, id));
    }
    List<FinishedRun> runs = FinishedRun.of(WorkspaceContents.of(workspace));
    List<FinishedRun> read = runs;
    if (runName.isPresent()) {
      read = runs.stream().filter(run -> run.name().equals(runName.get())).toList();
      if (read.isEmpty()) {
        throw new UnknownIdException(
            "no run is called '%s' in %s; its runs: %s"
                .formatted(
                    runName.get(), workspace, runs.stream().map(FinishedRun::name).toList()));
      }
    }
    try (var duckDb = Tables.open()) {
      return new StoryTeller(new StageTables(duckDb), read, workspace).tell(id);
    }
  }

  /** An id that was found and the table that it is in. */
  private record Match(String id, FinishedStage stage, String table) {
    String step() {
      return Branch.step(stage.name());
    }
  }

  private Story tell(String prefix) throws IOException {
    Optional<FinishedRun> told = Optional.empty();
    var others = new ArrayList<String>();
    SortedMap<String, Match> matches = new TreeMap<>();
    for (FinishedRun run : runs) {
      SortedMap<String, Match> here = matches(run, prefix);
      if (!here.isEmpty() && told.isEmpty()) {
        told = Optional.of(run);
        matches = here;
      } else if (!here.isEmpty()) {
        others.add(run.name());
      }
    }
    if (told.isEmpty()) {
      throw new UnknownIdException(
          "nothing in the finished stages of %s has the id %s".formatted(workspace, prefix));
    }
    if (matches.size() > 1) {
      throw new UnknownIdException(ambiguous(prefix, matches));
    }
    return tell(told.get(), others, matches.get(matches.firstKey()));
  }

  private static String ambiguous(String prefix, SortedMap<String, Match> matches) {
    var text = new StringBuilder("several ids begin with " + prefix + ":");
    matches.values().stream()
        .limit(MOST_MATCHES)
        .forEach(
            match ->
                text.append("\n  ")
                    .append(match.id())
                    .append("  in ")
                    .append(match.stage().name())
                    .append(match.table().isEmpty() ? "" : "/" + match.table()));
    return text.append(matches.size() > MOST_MATCHES ? "\n  and more" : "").toString();
  }

  private SortedMap<String, Match> matches(FinishedRun run, String prefix) {
    var matches = new TreeMap<String, Match>();
    for (FinishedStage stage : run.stages()) {
      for (String table : List.of("", Rejection.TABLE, NotSelected.TABLE, ContaminationHit.TABLE)) {
        for (String id : tables.ids(stage, table, prefix, MOST_MATCHES + 1)) {
          matches.putIfAbsent(id, new Match(id, stage, table));
        }
      }
    }
    return matches;
  }

  private Story tell(FinishedRun run, List<String> others, Match match) throws IOException {
    var journey = new Journey(run, tables);
    var lineage = new Lineage(run, tables, journey);
    var roots = new Roots(run, tables, journey);
    if (match.step().equals(Chain.SOURCES)) {
      return story(
          match.id(),
          Story.Kind.DOCUMENT,
          run,
          others,
          journey,
          roots.document(match.id()),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          lineage.childrenOfDocument(match.id()));
    }
    if (match.step().equals(Chain.SEEDS)) {
      Roots.Found seed = roots.seed(match.id()).orElseThrow();
      return story(
          match.id(),
          Story.Kind.SEED,
          run,
          others,
          journey,
          roots.document(seed.documentId()),
          roots.story(seed),
          Optional.empty(),
          List.of(),
          lineage.childrenOfSeed(match.id()));
    }
    String row =
        match.table().equals(ContaminationHit.TABLE)
            ? tables
                .find(match.stage(), match.table(), ContaminationHit.class, match.id())
                .orElseThrow()
                .rowId()
            : match.id();
    Optional<String> root = lineage.root(row);
    Optional<Roots.Found> seed = root.isEmpty() ? Optional.empty() : roots.seed(root.get());
    return story(
        row,
        Story.Kind.ROW,
        run,
        others,
        journey,
        seed.isEmpty() ? Optional.empty() : roots.document(seed.get().documentId()),
        seed.isEmpty() ? Optional.empty() : roots.story(seed.get()),
        // A row of a file that never became a sample names no root: it is its own.
        roots.imported(root.orElse(row)),
        lineage.of(row),
        lineage.childrenOfRow(row));
  }

  private static Story story(
      String id,
      Story.Kind kind,
      FinishedRun run,
      List<String> others,
      Journey journey,
      Optional<Story.Document> document,
      Optional<Story.Seed> seed,
      Optional<Story.Imported> imported,
      List<Story.Row> lineage,
      List<Story.Child> children)
      throws IOException {
    return new Story(
        id,
        kind,
        run.name(),
        others,
        journey.fate(id, journey.of(id)),
        document,
        seed,
        imported,
        lineage,
        children);
  }
}
