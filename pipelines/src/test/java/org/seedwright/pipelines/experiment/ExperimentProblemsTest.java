package org.seedwright.pipelines.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentProblemsTest {

  @TempDir Path folder;
  private Desk desk;

  @BeforeEach
  void makeDesk() {
    desk = new Desk(folder);
  }

  @Test
  void aFileWithSixMistakesReportsExactlySix() {
    String file = desk.file().toString();
    assertThat(
            desk.problems(
                """
                name: six-mistakes
                shard: 16
                teachers:
                  main: {provider: recorded, model: m, recording: replies.jsonl, temperature: warm}
                sources:
                  code: {path: code}
                seeds:
                  from: [code, stdlib]
                evolve:
                  rounds: 99
                  eliminate: judge
                name: again
                """))
        .containsExactly(
            new Problem(
                file,
                2,
                "shard",
                "16",
                "one of the keys name, seed, shards, teachers, limits, sources, branches, mix,"
                    + " instructions, seeds, instruct, respond, evolve, deduplicate, decontaminate, ablate, subset",
                "is not a key here; did you mean shards? (known keys: name, seed, shards,"
                    + " teachers, limits, sources, branches, mix, instructions, seeds, instruct, respond, evolve,"
                    + " deduplicate, decontaminate, ablate, subset)"),
            new Problem(
                file,
                4,
                "teachers.main.temperature",
                "warm",
                "0 to 2",
                "\"warm\" is not a number (valid: 0 to 2)"),
            new Problem(
                file,
                8,
                "seeds.from[1]",
                "stdlib",
                "code",
                "\"stdlib\" is not a known source (known: code)"),
            new Problem(file, 10, "evolve.rounds", "99", "0 to 10", "99 is not in 0 to 10"),
            new Problem(
                file,
                11,
                "evolve.eliminate",
                "judge",
                "one of none, rules, rules+judge",
                "\"judge\" is not one of none, rules, rules+judge"),
            new Problem(
                file, 12, "name", "again", "given once", "is given twice, first in line 1"));
  }

  @Test
  void aProblemRendersAsOneLine() {
    assertThat(desk.lines(Desk.SHORTEST + "evolve: {rounds: 99}\nshards: 0\n"))
        .containsExactly(
            "experiment.yaml:6: evolve.rounds: 99 is not in 0 to 10",
            "experiment.yaml:7: shards: 0 is not in 1 to 4096");
    assertThatThrownBy(() -> desk.read(Desk.SHORTEST + "evolve: {rounds: 99}\nshards: 0\n"))
        .hasMessage(
            "%1$s:6: evolve.rounds: 99 is not in 0 to 10%n%1$s:7: shards: 0 is not in 1 to 4096"
                .formatted(desk.file())
                .replace("\r\n", "\n"));
  }

  @Test
  void everythingThatIsRequiredIsNamedWhereItIsMissing() {
    assertThat(desk.lines("seed: 1\n"))
        .containsExactly(
            "experiment.yaml:1: name: is missing (valid: a name of a-z, 0-9 and hyphens, 1 to 64"
                + " characters)",
            "experiment.yaml:1: teachers: is missing (valid: a mapping of keys)",
            "experiment.yaml:1: sources: is missing (valid: a mapping of names to sources, at"
                + " least one)");
    assertThat(
            desk.lines(
                """
                name: missing
                teachers:
                  judge: {}
                sources:
                  code: {}
                evolve: {}
                """))
        .containsExactly(
            "experiment.yaml:2: teachers.main: is missing (valid: a teacher)",
            "experiment.yaml:3: teachers.judge.provider: is missing (valid: one of openai,"
                + " anthropic, gemini, ollama, mistral, recorded, batch)",
            "experiment.yaml:3: teachers.judge.model: is missing (valid: the name of a model)",
            "experiment.yaml:5: sources.code.path: is missing (valid: a folder or file that exists)",
            "experiment.yaml:6: evolve.rounds: is missing (valid: 0 to 10)");
  }

  @Test
  void eachProviderHasItsOwnKeys() {
    assertThat(
            lines(
                "main: {provider: openai, model: m, recording: replies.jsonl}",
                "judge: {provider: recorded, model: m, base-url: 'http://x/v1', api-key-env: KEY}"))
        .containsExactly(
            "3: teachers.main.base-url: is missing (valid: an http or https URL without user,"
                + " query or fragment)",
            "3: teachers.main.recording: is only with provider: recorded",
            "4: teachers.judge.base-url: is only with provider: openai, anthropic, gemini, ollama,"
                + " mistral",
            "4: teachers.judge.api-key-env: is only with provider: openai, anthropic, gemini,"
                + " ollama, mistral",
            "4: teachers.judge.recording: is missing (valid: a file that exists)");
    assertThat(lines("main: {provider: cohere, model: m, base-url: 'http://x/v1'}"))
        .containsExactly(
            "3: teachers.main.provider: \"cohere\" is not one of openai, anthropic, gemini,"
                + " ollama, mistral, recorded, batch");
  }

  @Test
  void aServiceThatSellsItsRepliesWantsAKeyAndNotAlwaysAnAddress() {
    for (String provider : List.of("anthropic", "gemini", "mistral")) {
      assertThat(lines("main: {provider: %s, model: m, api-key-env: KEY}".formatted(provider)))
          .isEmpty();
      assertThat(
              lines("main: {provider: %s, model: m, base-url: 'http://x/v1'}".formatted(provider)))
          .containsExactly(
              "3: teachers.main.api-key-env: is missing (valid: the name of an environment"
                  + " variable in capitals, such as OPENAI_API_KEY)");
    }
    assertThat(lines("main: {provider: ollama, model: m}")).isEmpty();
  }

  @Test
  void aSeedIsComparedOnlyWhereThereIsOneAndOnlyByTheMethodExact() {
    String columns = "columns: [seed, response], equal: any";
    assertThat(desk.lines(Desk.SHORTEST + "deduplicate: {%s}\n".formatted(columns))).isEmpty();
    assertThat(
            desk.lines(Desk.SHORTEST + "deduplicate: {method: minhash, %s}\n".formatted(columns)))
        .containsExactly(
            "experiment.yaml:6: deduplicate.columns: seed is only compared with method: exact");
    assertThat(
            desk.lines(
                """
                name: n
                teachers: {main: {provider: recorded, model: m, recording: replies.jsonl}}
                instructions: {path: replies.jsonl, layout: alpaca}
                deduplicate: {%s}
                """
                    .formatted(columns)))
        .containsExactly(
            "experiment.yaml:4: deduplicate.columns: seed is not there where instructions are not"
                + " made of code");
  }

  @Test
  void instructionsTakeThePlaceOfSourcesAndSeeds() {
    String start =
        "name: n\nteachers: {main: {provider: recorded, model: m, recording: replies.jsonl}}\n";
    assertThat(desk.lines(start + "instructions: {path: replies.jsonl, layout: alpaca}\n"))
        .isEmpty();
    assertThat(
            desk.lines(
                start
                    + "sources: {code: {path: code}}\n"
                    + "instructions: {path: code, layout: alpaka, rounds: [], count: 0}\n"
                    + "seeds: {}\ninstruct: {}\n"))
        .containsExactly(
            "experiment.yaml:4: instructions.path: \"code\" is not a file that exists (it resolves to code)",
            "experiment.yaml:4: instructions.layout: \"alpaka\" is not one of alpaca,"
                + " unnatural-core, unnatural-full, chat; did you mean alpaca?",
            "experiment.yaml:4: instructions.rounds: a list of 0 items is too short (valid: a list of at least 1, each"
                + " item a file that exists)",
            "experiment.yaml:4: instructions.count: 0 is not in 1 to 1000000000",
            "experiment.yaml:4: instructions: is not beside sources, which it takes the place of",
            "experiment.yaml:5: seeds: is not beside instructions, which needs none",
            "experiment.yaml:6: instruct: is not beside instructions, which needs none");
    assertThat(desk.lines(start))
        .containsExactly(
            "experiment.yaml:1: sources: is missing (valid: a mapping of names to sources, at least"
                + " one)");
  }

  @Test
  void seedsAndTemperaturesAreWhatTheProviderTakes() {
    String anthropic = "main: {provider: anthropic, model: m, api-key-env: KEY, %s}";
    String mistral = "main: {provider: mistral, model: m, api-key-env: KEY, %s}";
    assertThat(lines(anthropic.formatted("temperature: 1"))).isEmpty();
    assertThat(lines(anthropic.formatted("temperature: 1.5, seed: 1")))
        .containsExactly(
            "3: teachers.main.temperature: 1.5 is not in 0 to 1 with provider: anthropic",
            "3: teachers.main.seed: is not taken by provider: anthropic (valid: no seed)");
    assertThat(lines(mistral.formatted("temperature: 1.5, seed: 2147483647"))).isEmpty();
    assertThat(lines(mistral.formatted("temperature: 1.6, seed: -1")))
        .containsExactly(
            "3: teachers.main.temperature: 1.6 is not in 0 to 1.5 with provider: mistral",
            "3: teachers.main.seed: -1 is not in 0 to 2147483647 with provider: mistral");
    assertThat(lines("main: {provider: ollama, model: m, seed: 2147483648, temperature: 2}"))
        .containsExactly(
            "3: teachers.main.seed: 2147483648 is not in -2147483648 to 2147483647 with provider:"
                + " ollama");
  }

  private List<String> lines(String... teachers) {
    return desk
        .lines(
            "name: n\nteachers:\n  %s\nsources: {code: {path: code}}\n"
                .formatted(String.join("\n  ", teachers)))
        .stream()
        .map(line -> line.replace("experiment.yaml:", ""))
        .toList();
  }

  @Test
  void whatIsNotThereYetIsRefusedWithTheListOfWhatIs() {
    assertThat(
            desk.lines(
                Desk.SHORTEST
                    + """
                    release: {}
                    limits: {patience: 20}
                    deduplicate: {method: minhash}
                    decontaminate: {tests: [exact, embedding]}
                    """))
        .containsExactly(
            "experiment.yaml:6: release: is not a key here (known keys: name, seed, shards,"
                + " teachers, limits, sources, branches, mix, instructions, seeds, instruct, respond, evolve, deduplicate,"
                + " decontaminate, ablate, subset)",
            "experiment.yaml:7: limits.patience: is not a key here (known keys: concurrency,"
                + " requests-per-minute, tokens-per-minute, give-up-after-seconds, budget-usd,"
                + " budget-tokens)",
            "experiment.yaml:9: decontaminate.tests[1]: \"embedding\" is not one of exact,"
                + " n-gram");
  }

  private static final String PAID =
      """
      name: paid
      teachers:
        main: {provider: openai, base-url: "http://h/v1", model: m}
        %s
      sources: {code: {path: code}}
      limits: {budget-usd: 20}
      evolve: {rounds: 1, eliminate: %s}
      """;

  @Test
  void aBudgetNeedsThePriceOfEveryTeacherThatIsAskedForMoney() {
    String recorded = "{provider: recorded, model: m, recording: replies.jsonl}";
    String priced =
        "{provider: openai, base-url: \"http://h/v1\", model: m, price: {input: 0, output: 1}}";
    String missing =
        "price: is missing: limits.budget-usd needs the price of every teacher that is asked, and"
            + " this one plays ";

    assertThat(desk.lines(PAID.formatted("evolve: " + priced, "rules")))
        .containsExactly("experiment.yaml:3: teachers.main." + missing + "instruct, respond");
    assertThat(
            desk.lines(
                PAID.formatted(
                    "judge: {provider: openai, base-url: \"http://h/v1\", model: m}",
                    "rules+judge")))
        .containsExactly(
            "experiment.yaml:3: teachers.main." + missing + "instruct, evolve, respond",
            "experiment.yaml:4: teachers.judge." + missing + "judge");
    assertThat(
            desk.lines(
                Desk.SHORTEST
                    + "limits: {budget-usd: 0}\nevolve: {rounds: 1}\n"
                    + "respond: {again: true}\n"))
        .as("who answers from a recording is not paid")
        .isEmpty();
    assertThat(
            desk.lines(
                Desk.SHORTEST.replace(
                        "sources:",
                        "  judge: {provider: openai, base-url:"
                            + " \"http://h/v1\", model: m}\nsources:")
                    + "limits: {budget-usd: 0}\n"))
        .as("nobody asks the judge; price " + recorded)
        .isEmpty();
  }

  @Test
  void moneyIsToldToTheMillionthOfADollar() {
    String teacher =
        "teachers: {main: {provider: recorded, model: m, recording: replies.jsonl, price: %s}}";
    String file = "name: n\n%s\nsources: {code: {path: code}}\nlimits: {budget-usd: %s}\n";

    assertThat(
            desk.lines(
                file.formatted(teacher.formatted("{input: 0.0000001, output: 10001}"), "-1")))
        .containsExactly(
            "experiment.yaml:2: teachers.main.price.input: 0.0000001 is not in 0 to 10000, at most"
                + " 6 decimals",
            "experiment.yaml:2: teachers.main.price.output: 10001 is not in 0 to 10000, at most 6"
                + " decimals",
            "experiment.yaml:4: limits.budget-usd: -1 is not in 0 to 1000000, at most 6 decimals");
    assertThat(desk.lines(file.formatted(teacher.formatted("{input: 1}"), "much")))
        .containsExactly(
            "experiment.yaml:2: teachers.main.price.output: is missing (valid: 0 to 10000, at most"
                + " 6 decimals)",
            "experiment.yaml:4: limits.budget-usd: \"much\" is not a number (valid: 0 to 1000000,"
                + " at most 6 decimals)");
    assertThat(
            desk.lines(
                file.formatted(
                    teacher.formatted("{input: 0.000001, output: 10000}"), "1e999999999")))
        .hasSize(1);
  }

  @Test
  void wrongTypesAreRefused() {
    assertThat(
            desk.lines(
                """
                name: 12
                seed: 9223372036854775808
                shards: 1.5
                teachers: [a]
                limits: many
                sources: {code: folder, other: {path: true}}
                seeds: {from: {a: b}, min-lines: "3", count: [1], degenerate: no}
                respond: {again: yes}
                evolve:
                deduplicate: {columns: instruction}
                decontaminate: {against: mbpp, tests: []}
                """))
        .containsExactly(
            "experiment.yaml:1: name: 12 is not text; put it in quotes",
            "experiment.yaml:2: seed: 9223372036854775808 is not in -9223372036854775808 to"
                + " 9223372036854775807",
            "experiment.yaml:3: shards: 1.5 is not a whole number (valid: 1 to 4096)",
            "experiment.yaml:4: teachers: a list of 1 item is not a mapping of keys",
            "experiment.yaml:5: limits: \"many\" is not a mapping of keys",
            "experiment.yaml:6: sources.code: \"folder\" is not a mapping of keys",
            "experiment.yaml:6: sources.other.path: true is not text; put it in quotes",
            "experiment.yaml:7: seeds.from: a mapping of 1 key is not a list (valid: a list of at"
                + " least 1, each item one of code, other)",
            "experiment.yaml:7: seeds.min-lines: \"3\" is not a whole number (valid: 1 to 1000)",
            "experiment.yaml:7: seeds.count: a list of 1 item is not a mapping of at least one"
                + " key, each one of python, java, rust",
            "experiment.yaml:7: seeds.degenerate: \"no\" is not one of reject, keep",
            "experiment.yaml:8: respond.again: \"yes\" is not true or false",
            "experiment.yaml:9: evolve: an empty value is not a mapping of keys",
            "experiment.yaml:10: deduplicate.columns: \"instruction\" is not a list (valid: a list"
                + " of at least 1, each item one of seed, instruction, response)",
            "experiment.yaml:11: decontaminate.against: \"mbpp\" is not a list (valid: a list,"
                + " each item a benchmark (humaneval, mbpp) or ./FILE.jsonl)",
            "experiment.yaml:11: decontaminate.tests: a list of 0 items is too short (valid: a"
                + " list of at least 1, each item one of exact, n-gram)");
  }

  @Test
  void numbersHaveTheRangesThatTheyName() {
    assertThat(teacher("temperature: 2.01")).containsExactly("temperature: 2.01 is not in 0 to 2");
    assertThat(teacher("temperature: -0.1")).containsExactly("temperature: -0.1 is not in 0 to 2");
    assertThat(teacher("temperature: .nan"))
        .containsExactly("temperature: .nan is not a number (valid: 0 to 2)");
    assertThat(teacher("temperature: 2")).isEmpty();
    assertThat(teacher("top-p: 0")).containsExactly("top-p: 0 is not above 0, at most 1");
    assertThat(teacher("top-p: 1.0, seed: -1")).isEmpty();
    assertThat(teacher("max-output-tokens: 1000001"))
        .containsExactly("max-output-tokens: 1000001 is not in 1 to 1000000");
    assertThat(teacher("timeout-seconds: 3601, attempts: 21"))
        .containsExactly(
            "timeout-seconds: 3601 is not in 1 to 3600", "attempts: 21 is not in 1 to 20");
    assertThat(desk.lines(Desk.SHORTEST.replace("path: code", "path: code, max-file-bytes: 0")))
        .containsExactly(
            "experiment.yaml:5: sources.code.max-file-bytes: 0 is not in 1 to 268435456");
    assertThat(desk.lines(Desk.SHORTEST + "seeds: {count: 0}"))
        .containsExactly("experiment.yaml:6: seeds.count: 0 is not in 1 to 2147483647");
    assertThat(desk.lines(Desk.SHORTEST + "shards: !!int many"))
        .containsExactly(
            "experiment.yaml:6: shards: many is not a whole number (valid: 1 to 4096)");
  }

  private List<String> teacher(String key) {
    return desk.lines(Desk.SHORTEST.replace("model: m,", "model: m, %s,".formatted(key))).stream()
        .map(line -> line.replace("experiment.yaml:3: teachers.main.", ""))
        .toList();
  }

  @Test
  void maxLinesIsNotLessThanMinLines() {
    assertThat(desk.problems(Desk.SHORTEST + "seeds: {min-lines: 9,\n  max-lines: 8}"))
        .containsExactly(
            new Problem(
                desk.file().toString(),
                7,
                "seeds.max-lines",
                "8",
                "9 to 1000",
                "8 is less than min-lines, which is 9"));
    assertThat(desk.problems(Desk.SHORTEST + "seeds: {min-lines: 16}"))
        .containsExactly(
            new Problem(
                desk.file().toString(),
                6,
                "seeds.min-lines",
                "16",
                "1 to 15",
                "16 is more than max-lines, which is 15 where it is not given"));
    assertThat(desk.lines(Desk.SHORTEST + "seeds: {min-lines: 20, max-lines: 1001}"))
        .containsExactly("experiment.yaml:6: seeds.max-lines: 1001 is not in 1 to 1000");
  }

  @Test
  void idsThatAreNotKnownAreRefusedWithThoseThatAre() {
    assertThat(
            desk.lines(
                Desk.SHORTEST.replace("path: code", "path: code, languages: [pyton]")
                    + """
                    seeds: {count: {cobol: 3, python: 0}}
                    evolve: {rounds: 1, heuristics: [deepen, deepen, widen]}
                    decontaminate: {against: [human-eval, humanity, ./none.jsonl]}
                    """))
        .containsExactly(
            "experiment.yaml:5: sources.code.languages[0]: \"pyton\" is not a known language; did"
                + " you mean python? (known: python, java, rust)",
            "experiment.yaml:6: seeds.count.cobol: \"cobol\" is not a known language (known:"
                + " python, java, rust)",
            "experiment.yaml:6: seeds.count.python: 0 is not in 1 to 2147483647",
            "experiment.yaml:7: evolve.heuristics[1]: \"deepen\" is in the list twice",
            "experiment.yaml:7: evolve.heuristics[2]: \"widen\" is not a known heuristic (known:"
                + " add-constraints, deepen, misleading-code)",
            "experiment.yaml:8: decontaminate.against[0]: \"human-eval\" is not a known benchmark;"
                + " did you mean humaneval? (known: humaneval, mbpp)",
            "experiment.yaml:8: decontaminate.against[1]: \"humanity\" is not a known benchmark"
                + " (known: humaneval, mbpp)",
            "experiment.yaml:8: decontaminate.against[2]: \"./none.jsonl\" is not a file that"
                + " exists (it resolves to none.jsonl)");
    assertThat(desk.lines(Desk.SHORTEST + "evolve: {rounds: 1, heuristics: codes}"))
        .containsExactly(
            "experiment.yaml:6: evolve.heuristics: \"codes\" is not code, general, or a list of"
                + " heuristics (add-constraints, deepen, misleading-code, or ./FILE.md)");
  }

  @Test
  void keysOfSelfInstructNeedItsMethodAndItNeedsThem() {
    assertThat(desk.lines(Desk.SHORTEST + "instruct: {tasks: mine.jsonl, examples: 3}\n"))
        .containsExactly(
            "experiment.yaml:6: instruct.examples: is only with method: self-instruct",
            "experiment.yaml:6: instruct.tasks: is only with method: self-instruct");
    assertThat(desk.lines(Desk.SHORTEST + "instruct: {method: oss-instruct, max-rouge-l: 0.5}\n"))
        .containsExactly(
            "experiment.yaml:6: instruct.max-rouge-l: is only with method: self-instruct");
    assertThat(desk.lines(Desk.SHORTEST + "instruct: {method: self-instruct, max-rouge-l: 2}\n"))
        .containsExactlyInAnyOrder(
            "experiment.yaml:6: instruct.tasks: is missing (valid: a file that exists)",
            "experiment.yaml:6: instruct.requests: is missing (valid: 1 to 100000)",
            "experiment.yaml:6: instruct.language: is missing (valid: one of python, java, rust)",
            "experiment.yaml:6: instruct.max-rouge-l: 2 is not in 0 to 1");
    assertThat(
            desk.lines(
                Desk.SHORTEST
                    + "instruct: {method: self-instruct, tasks: mine.jsonl, requests: 2, language:"
                    + " python, min-words: 200}\n"))
        .containsExactly(
            "experiment.yaml:6: instruct.min-words: contradicts the other bound: min-words is 200"
                + " and max-words 150");
    // Its instructions are made of tasks.
    assertThat(
            desk.lines(
                Desk.SHORTEST.substring(0, Desk.SHORTEST.indexOf("sources:"))
                    + "instruct: {method: self-instruct, tasks: mine.jsonl, requests: 2, language:"
                    + " python}\n"))
        .isEmpty();
  }

  @Test
  void aPartOfTheDataSetIsNamedByWhatItKeeps() {
    assertThat(desk.lines(Desk.SHORTEST + "subset: [{}, {round: 11}, {rows: 0, language: c}]\n"))
        .containsExactly(
            "experiment.yaml:6: subset[0]: names none of round, language and rows",
            "experiment.yaml:6: subset[1].round: 11 is not in 0 to 10",
            "experiment.yaml:6: subset[2].language: \"c\" is not a known language (known: python,"
                + " java, rust)",
            "experiment.yaml:6: subset[2].rows: 0 is not in 1 to 2147483647");
    assertThat(desk.lines(Desk.SHORTEST + "subset: {round: 1}\n")).hasSize(1);
  }

  @Test
  void pathsThatLeadNowhereAreRefused() {
    assertThat(source("path: nowhere"))
        .containsExactly(
            "path: \"nowhere\" is not a folder or file that exists (it resolves to nowhere)");
    assertThat(source("path: experiment.yaml"))
        .containsExactly(
            "path: experiment.yaml is a file of no known ending (archives: .zip, .jar, .whl,"
                + " .tar.gz, .tgz, .crate; corpora: .jsonl, .jsonl.gz, .parquet)");
    assertThat(source("path: replies.jsonl, kind: git"))
        .containsExactly("path: replies.jsonl cannot be read as git, which is a folder");
    assertThat(source("path: replies.jsonl, kind: archive"))
        .containsExactly(
            "path: replies.jsonl cannot be read as archive, which is a folder, or a file that ends"
                + " in .zip, .jar, .whl, .tar.gz, .tgz, .crate");
    assertThat(source("path: code, columns: {content: text}"))
        .containsExactly("columns: is only with kind: rows");
    assertThat(source("path: '${NOT_SET}/x'"))
        .containsExactly(
            "path: \"${NOT_SET}/x\" names the environment variable NOT_SET, which is not set");
    assertThat(source("path: '${CORPORA'"))
        .containsExactly("path: \"${CORPORA\" has a ${ that no name and } follow (valid: ${NAME})");
    assertThat(source("path: \"a\\0b\""))
        .containsExactly("path: \"a\\u0000b\" is not text on one line of 1 to 1000 characters");
    assertThat(source("path: code, include: ['[']"))
        .containsExactly("include[0]: \"[\" is not a glob such as **/*.py");
    assertThat(source("path: code, license: 'MIT OR X'"))
        .containsExactly("license: \"MIT OR X\" is not an SPDX id such as Apache-2.0");
  }

  private List<String> source(String keys) {
    return desk.lines(Desk.SHORTEST.replace("path: code", keys)).stream()
        .map(line -> line.replace("experiment.yaml:5: sources.code.", ""))
        .toList();
  }

  @Test
  void noSecretIsShown() {
    String secret = "sk-abcdef0123456789";
    List<Problem> problems =
        desk.problems(
            """
            name: secrets
            teachers:
              main:
                provider: openai
                model: m
                base-url: https://user:%1$s@example.org/v1
                api-key-env: %1$s
                api-key: %1$s
              judge:
                provider: openai
                model: m
                base-url: https://example.org/v1?key=%1$s
            sources: {code: {path: code}}
            """
                .formatted(secret));

    assertThat(problems)
        .extracting(Problem::key)
        .containsExactly(
            "teachers.main.base-url",
            "teachers.main.api-key-env",
            "teachers.main.api-key",
            "teachers.judge.base-url");
    assertThat(problems.toString()).doesNotContain("abcdef");
  }

  @Test
  void aMistakeBehindAnAliasIsShownWhereTheAliasIsUsed() {
    assertThat(desk.lines(Desk.SHORTEST + "seed: &n 5000\nshards: *n\n"))
        .containsExactly("experiment.yaml:7: shards: 5000 is not in 1 to 4096");
  }

  @Test
  void keysThatAreNoTextAreRefused() {
    assertThat(desk.lines(Desk.SHORTEST + "? [a, b]\n: c\n"))
        .containsExactly("experiment.yaml:6: has a key that is not text");
    assertThat(desk.lines(Desk.SHORTEST + "\"a\\e[31m\": c\n").get(0))
        .startsWith("experiment.yaml:6: a\\u001b[31m: is not a key here");
    assertThat(desk.lines(Desk.SHORTEST.replace("code: {", "Py Code: {")))
        .containsExactly(
            "experiment.yaml:5: sources.Py Code: \"Py Code\" is not a name of a-z, 0-9 and"
                + " hyphens, 1 to 64 characters");
  }

  @Test
  void sourcesThatAreWrongAreNotReportedAgainBySeeds() {
    assertThat(desk.lines(Desk.SHORTEST.replace("{path: code}", "3") + "seeds: {from: code}"))
        .containsExactly("experiment.yaml:5: sources.code: 3 is not a mapping of keys");
    assertThat(
            desk.lines(
                Desk.SHORTEST.replace("sources:\n  code: {path: code}", "sources: {}")
                    + "seeds: {from: code}"))
        .hasSize(1);
  }
}
