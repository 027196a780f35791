package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One chain from seeds or given instructions to the rows of its rounds. A file has one, or several
 * side by side under {@code branches}.
 *
 * @param instructions what evolution starts from in place of sources and seeds
 * @param evolve empty where nothing is evolved
 */
public record BranchConfig(
    Optional<InstructionsConfig> instructions,
    SeedsConfig seeds,
    InstructConfig instruct,
    RespondConfig respond,
    Optional<EvolveConfig> evolve) {

  public BranchConfig {
    requireNonNull(instructions, "instructions is null");
    requireNonNull(seeds, "seeds is null");
    requireNonNull(instruct, "instruct is null");
    requireNonNull(respond, "respond is null");
    requireNonNull(evolve, "evolve is null");
  }

  /** Binds the keys of a chain that is one of several. */
  static BranchConfig bind(Section section, Set<String> sources) {
    return bind(section, sources, Optional.empty());
  }

  /** Binds the keys of a file's only chain, none of which stands beside {@code branches}. */
  static BranchConfig bindOnly(
      Section section, Value<Map<String, SourceConfig>> sources, Value<?> branches) {
    return bind(
        section,
        sources.read().orElse(Map.of()).keySet(),
        Optional.of(new Beside(sources, branches)));
  }

  /** The keys beside which a file's only chain stands. */
  private record Beside(Value<?> sources, Value<?> branches) {
    void refuse(Value<?> value) {
      value.notBeside(branches);
    }
  }

  private static BranchConfig bind(Section section, Set<String> sources, Optional<Beside> only) {
    Value<InstructionsConfig> instructions =
        section
            .key(
                "instructions",
                "Instructions that are there already, in place of sources and seeds.")
            .is(Groups.section(InstructionsConfig::bind));
    Value<SeedsConfig> seeds =
        section
            .key("seeds", "How seed snippets are drawn from the sources.")
            .is(Groups.section(drawn -> SeedsConfig.bind(drawn, sources)));
    seeds.notBeside(instructions);
    Value<InstructConfig> instruct =
        section
            .key("instruct", "How instructions are made.")
            .is(Groups.section(InstructConfig::bind));
    instruct.notBeside(instructions);
    Value<RespondConfig> respond =
        section
            .key("respond", "How instructions are answered before any is evolved.")
            .is(Groups.section(RespondConfig::bind));
    Value<EvolveConfig> evolve =
        section
            .key("evolve", "How instructions are evolved; without it none are.")
            .is(Groups.section(EvolveConfig::bind));
    only.ifPresent(
        beside -> {
          var unused = instructions.insteadOf(beside.sources());
          for (Value<?> value : new Value<?>[] {instructions, seeds, instruct, respond, evolve}) {
            beside.refuse(value);
          }
        });
    return new BranchConfig(
        // What was refused stands in for itself, so that no source is missing for it.
        instructions.given().map(field -> instructions.orDefaults()),
        seeds.orDefaults(),
        instruct.orDefaults(),
        respond.orDefaults(),
        evolve.optional());
  }

  /** Returns whether instructions are made of source code. */
  public boolean readsCode() {
    return instructions.isEmpty() && instruct.needsSources();
  }

  /** Returns whether the teacher is asked for tasks that go on with others. */
  public boolean asksForTasks() {
    return instructions.isEmpty() && !instruct.needsSources();
  }

  /** Returns this chain with fewer seeds, as {@link Experiment#withSeeds} says. */
  BranchConfig withSeeds(int most) {
    return new BranchConfig(
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
        evolve);
  }

  /** Returns the roles that some stage of this chain asks. */
  Set<TeacherRole> asked() {
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

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    if (instructions.isPresent()) {
      keys.put("instructions", Json.plain(instructions.get().resolved()));
    } else {
      keys.put("seeds", Json.plain(seeds.resolved()));
      keys.put("instruct", Json.plain(instruct.resolved()));
    }
    keys.put("respond", Json.plain(respond.resolved()));
    evolve.ifPresent(config -> keys.put("evolve", Json.plain(config.resolved())));
    return keys;
  }
}
