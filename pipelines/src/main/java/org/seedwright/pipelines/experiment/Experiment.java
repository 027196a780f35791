package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One experiment as its file describes it, with defaults filled in and paths made absolute.
 *
 * @param file the file as the user named it
 * @param name 1 to 64 of a-z, 0-9 and hyphens
 * @param seed what every random choice of the run is drawn from
 * @param shards Parquet files per table, 1 to 4,096
 * @param teachers always with {@link TeacherRole#MAIN}; in the order of the roles
 * @param sources in the order of the file; at least one where instructions are made of code
 * @param branches the chains by name, in the order of the file; the only one is called {@link
 *     #MAIN} where the file names none
 * @param mix how they make one data set; empty where the file has no branches
 */
public record Experiment(
    Path file,
    String name,
    long seed,
    int shards,
    Map<TeacherRole, TeacherConfig> teachers,
    LimitsConfig limits,
    Map<String, SourceConfig> sources,
    Map<String, BranchConfig> branches,
    Optional<MixConfig> mix,
    DeduplicateConfig deduplicate,
    DecontaminateConfig decontaminate) {

  /** The branch of a file that names none. */
  public static final String MAIN = "main";

  /** Magicoder's seed for drawing snippets ({@code generate_data.py}). */
  private static final long SEED = 976;

  private static final int SHARDS = 16;

  public Experiment {
    requireNonNull(file, "file is null");
    requireNonNull(name, "name is null");
    teachers = Collections.unmodifiableMap(new LinkedHashMap<>(teachers));
    requireNonNull(limits, "limits is null");
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
    requireNonNull(mix, "mix is null");
    requireNonNull(deduplicate, "deduplicate is null");
    requireNonNull(decontaminate, "decontaminate is null");
    if (!teachers.containsKey(TeacherRole.MAIN)) {
      throw new IllegalArgumentException("experiment %s has no main teacher".formatted(name));
    }
    if (mix.isEmpty() && !branches.keySet().equals(Set.of(MAIN))) {
      throw new IllegalArgumentException(
          "experiment %s does not say how %s are mixed".formatted(name, branches.keySet()));
    }
  }

  /**
   * Reads an experiment file that asks for one experiment. Nothing is written and nobody is asked;
   * that folders and files exist is checked.
   *
   * @param vocabulary the ids that the file may name
   * @throws ExperimentException with every problem of the file, ordered by line
   */
  public static Experiment read(Path file, Vocabulary vocabulary) throws ExperimentException {
    return read(
        file,
        vocabulary,
        name -> Optional.ofNullable(System.getenv(name)),
        Path.of(System.getProperty("user.home")));
  }

  static Experiment read(
      Path file, Vocabulary vocabulary, Function<String, Optional<String>> environment, Path home)
      throws ExperimentException {
    ExperimentGrid grid = ExperimentGrid.read(file, vocabulary, environment, home);
    if (!grid.isSingle()) {
      throw new ExperimentException(
          List.of(
              new Problem(
                  file.toString(),
                  0,
                  grid.cells().get(0).values().isEmpty() ? SubsetConfig.KEY : AblateConfig.KEY,
                  "",
                  "one experiment",
                  "makes %d cells, and one experiment is needed here"
                      .formatted(grid.cells().size()))));
    }
    return grid.first();
  }

  static Experiment bind(Section section, Path file) {
    String name =
        section.key("name", "Name of the run, under which it is kept.").is(Kinds.name()).required();
    long seed =
        section
            .key("seed", "What every random choice is drawn from.")
            .is(Kinds.whole(Long.MIN_VALUE, Long.MAX_VALUE))
            .orElse(SEED);
    int shards =
        section
            .key("shards", "Parquet files per table; never a matter of parallelism.")
            .is(Kinds.integer(1, 4096))
            .orElse(SHARDS);
    Value<Map<TeacherRole, TeacherConfig>> teachers =
        section
            .key("teachers", "The models that are asked, by role; main plays every role not named.")
            .is(Groups.section(Experiment::bindTeachers));
    LimitsConfig limits =
        section
            .key("limits", "How much a run may do at once, and how much it may spend.")
            .is(Groups.section(LimitsConfig::bind))
            .orDefaults();
    Value<Map<String, SourceConfig>> sources =
        section
            .key(
                "sources",
                "Where source code comes from, by a name of your own; needed where instructions are"
                    + " made of it.")
            .is(
                Groups.mapping(Kinds.name(), Groups.section(SourceConfig::bind))
                    .called("a mapping of names to sources, at least one"));
    Set<String> names = sources.read().orElse(Map.of()).keySet();
    Value<Map<String, BranchConfig>> several =
        section
            .key(
                "branches",
                "Chains side by side, by a name of your own; each holds instructions, or seeds and"
                    + " instruct, and respond and evolve.")
            .is(
                Groups.mapping(
                        Kinds.name(), Groups.section(chain -> BranchConfig.bind(chain, names)))
                    .called("a mapping of names to branches, at least one"));
    Set<String> declared = several.read().orElse(Map.of()).keySet();
    Value<MixConfig> mix =
        section
            .key("mix", "How the branches make one data set; without it a union of all rows.")
            .is(Groups.section(mixed -> MixConfig.bind(mixed, declared)));
    if (several.given().isEmpty()) {
      mix.refuse("beside branches", "is not beside branches, which it mixes");
    }
    BranchConfig only = BranchConfig.bindOnly(section, sources, several);
    Map<String, BranchConfig> branches = several.read().orElse(Map.of(MAIN, only));
    boolean unknown = several.given().isPresent() && several.read().isEmpty();
    boolean ofCode = !unknown && branches.values().stream().anyMatch(BranchConfig::readsCode);
    // Of branches that could not be read it is not known.
    boolean seeded = ofCode || unknown;
    var experiment =
        new Experiment(
            file,
            name,
            seed,
            shards,
            teachers.required(),
            limits,
            sources.requiredIf(ofCode, Map.of()),
            branches,
            several.read().map(all -> mix.read().orElseGet(() -> MixConfig.unionOf(all.keySet()))),
            section
                .key("deduplicate", "How duplicates are found; without it by equal instructions.")
                .is(Groups.section(found -> DeduplicateConfig.bind(found, seeded)))
                .orDefaults(),
            section
                .key("decontaminate", "What the data set must not overlap.")
                .is(Groups.section(DecontaminateConfig::bind))
                .orDefaults());
    // Whoever reads the file has made cells of it, and a cell has no grid any more.
    var unused =
        section
            .key(
                AblateConfig.KEY,
                "Keys and the values that they take in turn; each combination is a cell, computed as"
                    + " an experiment of its own.")
            .is(AblateConfig.kind());
    var unusedParts =
        section
            .key(
                SubsetConfig.KEY,
                "Parts of the data set, by round, language and rows; each is a cell that costs no"
                    + " call.")
            .is(SubsetConfig.kind());
    MissingPrices.refuse(experiment, teachers);
    return experiment;
  }

  /**
   * Returns this experiment with fewer seeds, each of which it has itself: those that it keeps
   * first. With a method that has no seeds, with fewer requests.
   *
   * @param most seeds at most, 1 or more
   */
  public Experiment withSeeds(int most) {
    return new Experiment(
        file,
        name,
        seed,
        shards,
        teachers,
        limits,
        sources,
        changed(branches, branch -> branch.withSeeds(most)),
        mix,
        deduplicate,
        decontaminate);
  }

  private static <T> Map<String, T> changed(
      Map<String, BranchConfig> branches, Function<BranchConfig, T> change) {
    var changed = new LinkedHashMap<String, T>();
    branches.forEach((branch, config) -> changed.put(branch, change.apply(config)));
    return changed;
  }

  private static Map<TeacherRole, TeacherConfig> bindTeachers(Section section) {
    Map<TeacherRole, TeacherConfig> teachers = new EnumMap<>(TeacherRole.class);
    for (TeacherRole role : TeacherRole.values()) {
      Value<TeacherConfig> teacher =
          section
              .key(role.id(), role.description())
              .is(Groups.section(TeacherConfig::bind).called("a teacher"));
      if (role == TeacherRole.MAIN) {
        teachers.put(role, teacher.required());
      } else {
        teacher.optional().ifPresent(config -> teachers.put(role, config));
      }
    }
    return teachers;
  }

  /**
   * Returns the branches that are computed, by name, in the order in which they are mixed: one that
   * {@code mix} does not name is not.
   */
  public Map<String, BranchConfig> mixed() {
    if (mix.isEmpty()) {
      return branches;
    }
    var mixed = new LinkedHashMap<String, BranchConfig>();
    mix.get().branches().forEach(branch -> mixed.put(branch, branches.get(branch)));
    return Collections.unmodifiableMap(mixed);
  }

  /** Returns the roles that some stage of this experiment asks, in the order of the roles. */
  public Set<TeacherRole> asked() {
    Set<TeacherRole> asked = EnumSet.noneOf(TeacherRole.class);
    mixed().values().forEach(branch -> asked.addAll(branch.asked()));
    return asked;
  }

  /** Returns the role whose teacher plays a role: itself, or main where the file names no other. */
  public TeacherRole player(TeacherRole role) {
    return teachers.containsKey(role) ? role : TeacherRole.MAIN;
  }

  /** Returns the teacher of a role, the main one where the file names no other. */
  public TeacherConfig teacher(TeacherRole role) {
    return teachers.getOrDefault(role, teachers.get(TeacherRole.MAIN));
  }

  /**
   * Returns the experiment as resolved, defaults included, in the keys of the file: strings,
   * numbers, booleans, lists and maps. Read again, it is an equal experiment. Holds absolute paths
   * and no secret.
   */
  public Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", name);
    keys.put("seed", seed);
    keys.put("shards", shards);
    Map<String, Object> roles = new LinkedHashMap<>();
    teachers.forEach((role, teacher) -> roles.put(role.id(), Json.plain(teacher.resolved())));
    keys.put("teachers", roles);
    keys.put("limits", Json.plain(limits.resolved()));
    Map<String, Object> named = new LinkedHashMap<>();
    sources.forEach((source, config) -> named.put(source, Json.plain(config.resolved())));
    if (branches.values().stream().anyMatch(branch -> branch.instructions().isEmpty())) {
      keys.put("sources", named);
    }
    if (mix.isPresent()) {
      keys.put("branches", changed(branches, BranchConfig::resolved));
      keys.put("mix", Json.plain(mix.get().resolved()));
    } else {
      keys.putAll(branches.get(MAIN).resolved());
    }
    keys.put("deduplicate", Json.plain(deduplicate.resolved()));
    keys.put("decontaminate", Json.plain(decontaminate.resolved()));
    return Collections.unmodifiableMap(keys);
  }

  /**
   * Returns {@link #resolved()} as indented JSON, the same text for equal experiments in one place.
   */
  public String resolvedJson() {
    return Json.text(resolved());
  }
}
