package org.seedwright.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seedwright.decontaminate.benchmark.BenchmarkSearch;
import org.seedwright.decontaminate.dedup.Ignoring;
import org.seedwright.decontaminate.near.NearSettings;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.instruct.InstructionGates;
import org.seedwright.pipelines.corpus.Container;
import org.seedwright.pipelines.corpus.ContainerForm;
import org.seedwright.pipelines.corpus.CorpusColumns;
import org.seedwright.pipelines.corpus.Provenance;
import org.seedwright.pipelines.stage.Branch;
import org.seedwright.pipelines.stage.DecontaminateStage;
import org.seedwright.pipelines.stage.DeduplicateStage;
import org.seedwright.pipelines.stage.DrawExamples;
import org.seedwright.pipelines.stage.EvolveRound;
import org.seedwright.pipelines.stage.InBranch;
import org.seedwright.pipelines.stage.InstructSeeds;
import org.seedwright.pipelines.stage.InstructTasks;
import org.seedwright.pipelines.stage.MergeRounds;
import org.seedwright.pipelines.stage.MixBranches;
import org.seedwright.pipelines.stage.ReadSources;
import org.seedwright.pipelines.stage.Representative;
import org.seedwright.pipelines.stage.RespondRound;
import org.seedwright.pipelines.stage.RoleTeacher;
import org.seedwright.pipelines.stage.SeedsStage;
import org.seedwright.pipelines.stage.SelectSubset;
import org.seedwright.pipelines.stage.Stage;
import org.seedwright.pipelines.stage.StageWork;
import org.seedwright.pipelines.stage.TestStages;
import org.seedwright.pipelines.stage.WriteDataset;

/** The fingerprint holds all that can change a row, and nothing else. */
class FingerprintTest {
  private static final String HASH = "ab".repeat(32);
  private static final RoleTeacher TEACHER =
      new RoleTeacher(
          "evolve",
          "model",
          Optional.of(0.0),
          Optional.empty(),
          Optional.empty(),
          List.of("stop"),
          100);
  private static final Container FILE =
      new Container(
          HASH,
          "code",
          "a.py",
          ContainerForm.FILE,
          3,
          HASH,
          new Provenance(
              Optional.empty(),
              Optional.empty(),
              Optional.of("MIT"),
              Optional.of("licence file LICENSE"),
              List.of("Copyright 2020 Ada"),
              List.of("Notice.")));

  /**
   * Components that change no row by themselves: what a benchmark is called in the experiment (its
   * texts count), where sources are, names of inputs (their fingerprints count), and, of what is
   * answered, what only notes the heuristics that the round's input names already.
   */
  private static final DeduplicateStage.Exact EXACT =
      new DeduplicateStage.Exact(false, Ignoring.WHITE_SPACE_AND_CASE);

  private static final DeduplicateStage.Near NEAR =
      new DeduplicateStage.Near(NearSettings.defaults(), Representative.LONGEST);

  private static final Set<String> NO_ROW =
      Set.of(
          "DecontaminateStage.against",
          "WriteDataset.from",
          "DeduplicateStage.from",
          "DeduplicateStage.seedStages",
          "InBranch.elsewhere",
          "Source.folder",
          "RespondRound.runSeed",
          "RespondRound.heuristics");

  private static List<Stage> stages() {
    var source =
        new ReadSources.Source(
            Path.of("/somewhere"),
            1000,
            List.of("**"),
            new ReadSources.Exclude(List.of("a/b"), List.of("c"), List.of("d/**")),
            List.of(),
            true,
            new CorpusColumns(Map.of("content", "text")),
            List.of(FILE));
    Heuristics heuristics = Heuristics.code();
    return List.of(
        new ReadSources(Map.of("code", source)),
        new SeedsStage(976, 2, 15, 1, Optional.empty(), Map.of("python", 3), true, List.of("MIT")),
        new InstructSeeds("main", TEACHER),
        new RespondRound(1, 976, heuristics, TEACHER, false, true),
        new EvolveRound(1, 976, heuristics, TEACHER, Optional.of(TEACHER)),
        new EvolveRound(1, 976, heuristics, TEACHER, Optional.empty()),
        new MergeRounds(List.of(0, 1)),
        new DeduplicateStage("merge", List.of(), List.of("instruction"), EXACT),
        new DeduplicateStage(
            "merge",
            List.of("seeds"),
            List.of("instruction"),
            new DeduplicateStage.Exact(true, Ignoring.WHITE_SPACE)),
        new DeduplicateStage("merge", List.of(), List.of("instruction"), NEAR),
        new DecontaminateStage(
            List.of("mine"),
            TestStages.texts("Count the pairs."),
            new BenchmarkSearch.Tests(true, Optional.of(BenchmarkSearch.NGrams.defaults()))),
        new DrawExamples(976, 3, 2, List.of("Sort a list.")),
        new InstructTasks(
            "main",
            8,
            new InstructionGates(4, 150, List.of("image")),
            0.7,
            "python",
            Optional.of("MIT"),
            "tasks.jsonl",
            List.of("Sort a list."),
            TEACHER),
        new SelectSubset(976, Optional.of(1), Optional.of("python"), Optional.of(5)),
        new MixBranches(
            976,
            List.of(
                new MixBranches.Part(new Branch("oss"), Optional.of(3.0)),
                new MixBranches.Part(new Branch("evol"), Optional.of(1.0))),
            false),
        new InBranch(
            new Branch("oss"), new MergeRounds(List.of(0, 1)), Map.of("respond-0", "respond-0")),
        new WriteDataset("decontaminate", 2));
  }

  private static String fingerprint(Stage stage) {
    return Fingerprint.of(stage, 16, Map.of());
  }

  @Test
  void everyComponentOfEveryStageThatCanChangeARowChangesIt() throws Exception {
    for (Stage stage : stages()) {
      int tried = 0;
      for (Changed changed : variants(stage.getClass(), stage, stage.getClass().getSimpleName())) {
        String other = fingerprint((Stage) changed.value());
        if (NO_ROW.contains(changed.what())) {
          assertThat(other).as(changed.what()).isEqualTo(fingerprint(stage));
        } else {
          assertThat(other).as(changed.what()).isNotEqualTo(fingerprint(stage));
          tried++;
        }
      }
      assertThat(tried > 0 || stage instanceof WriteDataset).as(stage.name()).isTrue();
    }
  }

  /** A stage with a configuration, name and version of one's choice. */
  private record Told(String name, int version, Record configuration) implements Stage {
    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public long compute(StageWork work) {
      return 0;
    }
  }

  @Test
  void everyComponentOfEveryConfigurationChangesIt() throws Exception {
    for (Stage stage : stages()) {
      Record configuration = stage.configuration();
      String was = fingerprint(new Told("told", 1, configuration));
      List<Changed> variants = variants(configuration.getClass(), configuration, stage.name());
      assertThat(variants).isNotEmpty();
      for (Changed changed : variants) {
        assertThat(fingerprint(new Told("told", 1, (Record) changed.value())))
            .as(stage.name() + ": " + changed.what())
            .isNotEqualTo(was);
      }
    }
  }

  @Test
  void nameVersionShardsAndInputsChangeIt() {
    Record configuration = new WriteDataset("decontaminate", 2).configuration();
    var stage = new Told("told", 1, configuration);
    String was = Fingerprint.of(stage, 16, Map.of("a", HASH));

    assertThat(was).matches("[0-9a-f]{64}").isEqualTo(Fingerprint.of(stage, 16, Map.of("a", HASH)));
    assertThat(
            List.of(
                Fingerprint.of(new Told("other", 1, configuration), 16, Map.of("a", HASH)),
                Fingerprint.of(new Told("told", 2, configuration), 16, Map.of("a", HASH)),
                Fingerprint.of(stage, 17, Map.of("a", HASH)),
                Fingerprint.of(stage, 16, Map.of("b", HASH)),
                Fingerprint.of(stage, 16, Map.of("a", "cd".repeat(32))),
                Fingerprint.of(stage, 16, Map.of())))
        .doesNotContain(was)
        .doesNotHaveDuplicates();
  }

  /** A value with one component changed, however deep, and which. */
  private record Changed(String what, Object value) {}

  private static List<Changed> variants(Type type, Object value, String what) throws Exception {
    var variants = new ArrayList<Changed>();
    if (value instanceof Record record) {
      RecordComponent[] components = record.getClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        String name = record.getClass().getSimpleName() + "." + components[i].getName();
        for (Changed changed :
            variants(components[i].getGenericType(), accessor.invoke(record), name)) {
          variants.add(new Changed(changed.what(), rebuilt(record, i, changed.value())));
        }
      }
    } else if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        variants.add(new Changed(what, Optional.empty()));
      }
      Type inner = ((ParameterizedType) type).getActualTypeArguments()[0];
      for (Changed changed :
          variants(inner, optional.isPresent() ? optional.get() : zero(inner), what)) {
        variants.add(new Changed(changed.what(), Optional.of(changed.value())));
      }
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        variants.add(new Changed(what, List.of("more")));
      } else {
        variants.add(new Changed(what, list.subList(1, list.size())));
        for (Changed changed : variants(list.get(0).getClass(), list.get(0), what)) {
          var other = new ArrayList<Object>(list);
          other.set(0, changed.value());
          variants.add(new Changed(changed.what(), other));
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        var renamed = new TreeMap<Object, Object>(map);
        renamed.put("z", renamed.remove(entry.getKey()));
        variants.add(new Changed(what, renamed));
        for (Changed changed : variants(entry.getValue().getClass(), entry.getValue(), what)) {
          var other = new TreeMap<Object, Object>(map);
          other.put(entry.getKey(), changed.value());
          variants.add(new Changed(changed.what(), other));
        }
      }
    } else {
      variants.add(new Changed(what, changed(value)));
    }
    return variants;
  }

  private static Object zero(Type type) {
    return type == Integer.class
        ? (Object) 0
        : type == Long.class
            ? (Object) 0L
            : type == Double.class ? (Object) 0.0 : type == RoleTeacher.class ? TEACHER : "";
  }

  private static Object changed(Object value) {
    if (value instanceof String text) {
      // Columns are of a fixed set, and languages are any.
      return text.equals("instruction") ? "response" : text + "x";
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Double number) {
      // A share stays one.
      return number > 0.5 ? number / 2 : number + 0.5;
    }
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof Representative) {
      return Representative.ANY;
    }
    if (value instanceof Ignoring ignoring) {
      return ignoring == Ignoring.WHITE_SPACE
          ? Ignoring.WHITE_SPACE_AND_CASE
          : Ignoring.WHITE_SPACE;
    }
    if (value instanceof ContainerForm) {
      return ContainerForm.PARQUET;
    }
    if (value instanceof Path path) {
      return path.resolve("else");
    }
    if (value instanceof Heuristics heuristics) {
      return heuristics.only(heuristics.ids().subList(1, 3));
    }
    throw new AssertionError("no other value for " + value);
  }

  private static Object rebuilt(Record record, int index, Object value) throws Exception {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Constructor<?> constructor =
        record
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      var accessor = components[i].getAccessor();
      accessor.setAccessible(true);
      values[i] = i == index ? value : accessor.invoke(record);
    }
    return constructor.newInstance(values);
  }
}
