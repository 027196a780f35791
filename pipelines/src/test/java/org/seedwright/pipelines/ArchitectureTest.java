package org.seedwright.pipelines;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the compiler does not check: who may know whom, and that nothing but the experiment, the
 * stores and the sources decides what a row is.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.seedwright");

  /**
   * The packages of this module; each may know those of the lines above it, none beside or below.
   */
  private static final List<Set<String>> ORDER =
      List.of(
          Set.of("table", "engine", "experiment", "rows"),
          Set.of("workspace", "store", "corpus"),
          Set.of("teacher", "simulate", "execution"),
          Set.of("stage"),
          Set.of("batch", "evaluation"),
          Set.of("run", "story"),
          Set.of("cli"));

  /** Who may look at a clock or draw a name at random, and why no row depends on it. */
  private static final Map<String, String> MAY_BE_UNREPEATABLE =
      Map.of(
          "org.seedwright.pipelines.table.WriteTable",
          "names a hidden file that is renamed or removed",
          "org.seedwright.pipelines.stage.ShardAnswers",
          "names a hidden file that is renamed or removed",
          "org.seedwright.pipelines.stage.WorkerAnswers",
          "names hidden files of accounts, whose names nobody reads",
          "org.seedwright.pipelines.workspace.StageAttempt",
          "names a folder that is moved or removed",
          "org.seedwright.pipelines.workspace.WorkspaceUse",
          "names a lock that is removed",
          "org.seedwright.pipelines.teacher.Answering",
          "spreads retries over time; when a reply came is in no row",
          "org.seedwright.pipelines.run.WorkerSettings",
          "gives the response store's journal its clock; the journal is in no row",
          "org.seedwright.pipelines.simulate.SimulatedTeacher",
          "tells a client the date on which to ask again",
          "org.seedwright.pipelines.cli.EvaluateCommand",
          "dates a file for EvalPlus's tools; no table has the date",
          "org.seedwright.pipelines.cli.Stores",
          "gives the response store's journal its clock; the journal is in no row");

  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "util",
          "utils",
          "utility",
          "common",
          "commons",
          "manager",
          "helper",
          "helpers",
          "processor",
          "handler");

  @Test
  void theRulesSeeTheClassesOfEveryModule() {
    assertThat(CLASSES).hasSizeGreaterThan(200);
    assertThat(in("org.seedwright.evolve")).hasSizeGreaterThan(30);
    assertThat(in("org.seedwright.decontaminate")).hasSizeGreaterThan(8);
    assertThat(in("org.seedwright.evaluate")).hasSizeGreaterThan(15);
    assertThat(in("org.seedwright.pipelines")).hasSizeGreaterThan(100);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.seedwright.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesOfThisModuleKnowOnlyThoseAboveThem() {
    var breaches = new TreeSet<String>();
    for (JavaClass known : in("org.seedwright.pipelines")) {
      int line = lineOf(packageOf(known));
      if (line < 0) {
        breaches.add(packageOf(known) + " has no place in ORDER: give it one");
        continue;
      }
      for (var dependency : known.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!isIn(target, "org.seedwright.pipelines")
            || packageOf(target).equals(packageOf(known))) {
          continue;
        }
        if (lineOf(packageOf(target)) >= line) {
          breaches.add(
              "%s knows %s: %s"
                  .formatted(packageOf(known), packageOf(target), dependency.getDescription()));
        }
      }
    }
    assertThat(breaches).isEmpty();
  }

  @Test
  void leavesKnowTheJdkAndThemselves() {
    assertKnowsOnly("org.seedwright.evolve", "java..");
    assertKnowsOnly("org.seedwright.decontaminate", "java..");
    assertKnowsOnly(
        "org.seedwright.evaluate",
        "java..",
        "com.fasterxml.jackson..",
        "org.testcontainers..",
        "com.github.dockerjava..");
    assertKnowsOnly(
        "org.seedwright.analysis",
        "java..",
        "org.seedwright.evaluate..",
        "org.duckdb..",
        "com.knuddels.jtokkit..");
  }

  @Test
  void nothingDrawsOrTellsTheTimeWithoutBeingNamedHere() {
    var breaches = new TreeSet<String>();
    for (JavaClass known : CLASSES) {
      if (!MAY_BE_UNREPEATABLE.containsKey(outermost(known))) {
        breaches.addAll(unrepeatable(known));
      }
    }
    assertThat(breaches).isEmpty();
  }

  @Test
  void everyExceptionNamedHereIsNeeded() {
    var used = new TreeSet<String>();
    for (JavaClass known : CLASSES) {
      if (!unrepeatable(known).isEmpty()) {
        used.add(outermost(known));
      }
    }
    assertThat(used).containsAll(MAY_BE_UNREPEATABLE.keySet());
  }

  @Test
  void onlyTheCommandLineWritesToTheStandardStreams() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("org.seedwright.pipelines.cli..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    var breaches = new TreeSet<String>();
    for (JavaClass known : CLASSES) {
      var words = new TreeSet<>(Arrays.asList(known.getPackageName().split("\\.", -1)));
      for (String word : known.getSimpleName().split("(?=[A-Z])|_", -1)) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
      words.retainAll(EMPTY_WORDS);
      if (!words.isEmpty()) {
        breaches.add("%s: %s says nothing".formatted(known.getName(), words));
      }
    }
    assertThat(breaches).isEmpty();
  }

  @Test
  void noTwoReasonsOfTheLeavesHaveOneId() throws ReflectiveOperationException {
    var seen = new TreeSet<String>();
    var leaves = new TreeSet<String>();
    for (JavaClass known : CLASSES) {
      if (known.isEnum() && known.getSimpleName().equals("Reason")) {
        leaves.add(known.getPackageName());
        Class<?> reasons = known.reflect();
        for (Object reason : reasons.getEnumConstants()) {
          String id = (String) reasons.getMethod("id").invoke(reason);
          assertThat(id).matches("[a-z0-9]+(-[a-z0-9]+)*");
          assertThat(seen.add(id)).as("%s of %s is new", id, reasons.getName()).isTrue();
        }
      }
    }
    assertThat(leaves).contains("org.seedwright.evolve", "org.seedwright.decontaminate");
  }

  private static void assertKnowsOnly(String module, String... packages) {
    String[] allowed = Arrays.copyOf(packages, packages.length + 1);
    allowed[packages.length] = module + "..";
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(module + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        // A module may have no class yet; which ones must have some, the first test says.
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Returns what the class does that another run would do otherwise. */
  private static Set<String> unrepeatable(JavaClass known) {
    return known.getAccessesFromSelf().stream()
        .filter(ArchitectureTest::isUnrepeatable)
        .map(JavaAccess::getDescription)
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isUnrepeatable(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    // Seeded or not: a generator's sequence depends on who asked before. Draw is what to use.
    return owner.isAssignableTo(Random.class)
        || owner.isEquivalentTo(SplittableRandom.class)
        || is(owner, name, Math.class, "random")
        || is(owner, name, Collections.class, "shuffle")
        || is(owner, name, UUID.class, "randomUUID")
        || is(owner, name, System.class, "currentTimeMillis")
        || is(owner, name, Date.class, "<init>")
        || (isIn(owner, "java.time") && name.equals("now"))
        || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
        || is(owner, name, InstantSource.class, "system");
  }

  private static boolean is(JavaClass owner, String member, Class<?> type, String name) {
    return owner.isEquivalentTo(type) && member.equals(name);
  }

  private static Set<JavaClass> in(String module) {
    return CLASSES.stream().filter(known -> isIn(known, module)).collect(toSet());
  }

  private static boolean isIn(JavaClass known, String module) {
    return (known.getPackageName() + ".").startsWith(module + ".");
  }

  private static String outermost(JavaClass known) {
    return Pattern.compile("\\$.*", Pattern.DOTALL).matcher(known.getName()).replaceFirst("");
  }

  /** Returns the first package below this module's, {@code table} for example. */
  private static String packageOf(JavaClass known) {
    String rest = known.getPackageName().substring("org.seedwright.pipelines".length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
  }

  private static int lineOf(String name) {
    for (int line = 0; line < ORDER.size(); line++) {
      if (ORDER.get(line).contains(name)) {
        return line;
      }
    }
    return -1;
  }
}
