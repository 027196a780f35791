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
 * @param instructions what evolution starts from in place of sources and seeds
 * @param evolve empty where nothing is evolved
 */
public record Experiment(
    Path file,
    String name,
    long seed,
    int shards,
    Map<TeacherRole, TeacherConfig> teachers,
    LimitsConfig limits,
    Map<String, SourceConfig> sources,
    Optional<InstructionsConfig> instructions,
    SeedsConfig seeds,
    InstructConfig instruct,
    RespondConfig respond,
    Optional<EvolveConfig> evolve,
    DeduplicateConfig deduplicate,
    DecontaminateConfig decontaminate) {

  /** Magicoder's seed for drawing snippets ({@code generate_data.py}). */
  private static final long SEED = 976;

  private static final int SHARDS = 16;

  public Experiment {
    requireNonNull(file, "file is null");
    requireNonNull(name, "name is null");
    teachers = Collections.unmodifiableMap(new LinkedHashMap<>(teachers));
    requireNonNull(limits, "limits is null");
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    requireNonNull(instructions, "instructions is null");
    requireNonNull(seeds, "seeds is null");
    requireNonNull(instruct, "instruct is null");
    requireNonNull(respond, "respond is null");
    requireNonNull(evolve, "evolve is null");
    requireNonNull(deduplicate, "deduplicate is null");
    requireNonNull(decontaminate, "decontaminate is null");
    if (!teachers.containsKey(TeacherRole.MAIN)) {
      throw new IllegalArgumentException("experiment %s has no main teacher".formatted(name));
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
    Value<InstructionsConfig> instructions =
        section
            .key(
                "instructions",
                "Instructions that are there already, in place of sources and seeds.")
            .is(Groups.section(InstructionsConfig::bind));
    Value<SeedsConfig> seeds =
        section
            .key("seeds", "How seed snippets are drawn from the sources.")
            .is(
                Groups.section(
                    drawn -> SeedsConfig.bind(drawn, sources.read().orElse(Map.of()).keySet())));
    seeds.notBeside(instructions);
    Value<InstructConfig> instruct =
        section
            .key("instruct", "How instructions are made.")
            .is(Groups.section(InstructConfig::bind));
    instruct.notBeside(instructions);
    boolean ofCode = instructions.given().isEmpty() && instruct.orDefaults().needsSources();
    var experiment =
        new Experiment(
            file,
            name,
            seed,
            shards,
            teachers.required(),
            limits,
            sources.requiredIf(ofCode, Map.of()),
            instructions.insteadOf(sources),
            seeds.orDefaults(),
            instruct.orDefaults(),
            section
                .key("respond", "How instructions are answered before any is evolved.")
                .is(Groups.section(RespondConfig::bind))
                .orDefaults(),
            section
                .key("evolve", "How instructions are evolved; without it none are.")
                .is(Groups.section(EvolveConfig::bind))
                .optional(),
            section
                .key("deduplicate", "How duplicates are found; without it by equal instructions.")
                .is(Groups.section(found -> DeduplicateConfig.bind(found, ofCode)))
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
        instructions.map(given -> given.atMost(most)),
        new SeedsConfig(
            seeds.from(),
            seeds.extractor(),
            seeds.minLines(),
            seeds.maxLines(),
            seeds.perFile(),
            seeds.count().atMost(most),
            seeds.degenerate(),
            seeds.licenses()),
        new InstructConfig(
            instruct.method(), instruct.selfInstruct().map(config -> config.withRequests(most))),
        respond,
        evolve,
        deduplicate,
        decontaminate);
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

  /** Returns the roles that some stage of this experiment asks, in the order of the roles. */
  public Set<TeacherRole> asked() {
    int imported = instructions.map(given -> given.rounds().size()).orElse(0);
    boolean evolves = evolve.map(config -> config.rounds() > imported).orElse(false);
    boolean judges =
        evolves && evolve.get().eliminate() == EvolveConfig.Elimination.RULES_AND_JUDGE;
    Set<TeacherRole> asked = EnumSet.noneOf(TeacherRole.class);
    if (instructions.isEmpty()) {
      asked.add(TeacherRole.INSTRUCT);
    }
    if (evolves) {
      asked.add(TeacherRole.EVOLVE);
    }
    // A file of instructions may leave some without a response, and Self-Instruct leaves all.
    if (evolves || respond.again() || instructions.isPresent() || !instruct.needsSources()) {
      asked.add(TeacherRole.RESPOND);
    }
    if (judges) {
      asked.add(TeacherRole.JUDGE);
    }
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
    if (instructions.isPresent()) {
      keys.put("instructions", Json.plain(instructions.get().resolved()));
    } else {
      keys.put("sources", named);
      keys.put("seeds", Json.plain(seeds.resolved()));
      keys.put("instruct", Json.plain(instruct.resolved()));
    }
    keys.put("respond", Json.plain(respond.resolved()));
    evolve.ifPresent(config -> keys.put("evolve", Json.plain(config.resolved())));
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
